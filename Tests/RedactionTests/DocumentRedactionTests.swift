import JSONStream
import Redaction
import Telemetry
import Testing

@Suite("A redacted document")
struct DocumentRedactionTests {
  @Test(
    "keeps its shape and loses its secrets",
    arguments: [
      (
        #"{"kind":"Secret","data":{"a":"YQ==","b":"Yg=="},"stringData":{"c":"d"},"type":"Opaque"}"#,
        #"{"kind":"Secret","data":{"a":"<kubernetes-secret>","b":"<kubernetes-secret>"},"stringData":{"c":"<kubernetes-secret>"},"type":"Opaque"}"#
      ),
      (
        #"{"kind":"SecretList","items":[{"metadata":{"name":"x"},"data":{"a":"YQ=="},"type":"Opaque"}]}"#,
        #"{"kind":"SecretList","items":[{"metadata":{"name":"x"},"data":{"a":"<kubernetes-secret>"},"type":"Opaque"}]}"#
      ),
      (
        #"{"env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"MODE","value":"prod"},{"name":"DSN","value":"pg://u:pw1@h/d"}]}"#,
        #"{"env":[{"name":"DB_PASSWORD","value":"<password>"},{"name":"MODE","value":"prod"},{"name":"DSN","value":"pg://u:<url-credentials>@h/d"}]}"#
      ),
      (
        #"{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"a\":1}","x":"y"}}"#,
        #"{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"<last-applied-configuration>","x":"y"}}"#
      ),
      (
        #"{"kind":"ConfigMap","data":{"app.yaml":"db:\n  password: hunter2\n  host: h\n"}}"#,
        #"{"kind":"ConfigMap","data":{"app.yaml":"db:\n  password: <password>\n  host: h\n"}}"#
      ),
      (
        #"{"args":["--password=hunter2","--token","abc123def456","-v"],"n":1}"#,
        #"{"args":["--password=<password>","--token","<token>","-v"],"n":1}"#
      ),
      (
        #"{"httpHeaders":[{"name":"Authorization","value":"Bearer abc123def456"}]}"#,
        #"{"httpHeaders":[{"name":"Authorization","value":"Bearer <authorization>"}]}"#
      ),
      (
        #"{"yaml":"scrape_configs:\n- basic_auth:\n    username: u\n    password: hunter2\n  bearer_token: abc123def\n"}"#,
        #"{"yaml":"scrape_configs:\n- basic_auth:\n    username: u\n    password: <password>\n  bearer_token: <bearer-token>\n"}"#
      ),
      (
        #"{"pin":1234,"password":123456,"replicas":3}"#,
        #"{"pin":"<one-time-code>","password":"<password>","replicas":3}"#
      ),
      (#"{"bob@example.com":true}"#, #"{"<email>":true}"#),
      // password=hunter2 in a binaryData of base64
      (
        #"{"binaryData":{"app":"c3ByaW5nLnBhc3N3b3JkPWh1bnRlcjIK"}}"#,
        #"{"binaryData":{"app":"<encoded-secret>"}}"#
      ),
    ])
  func losesItsSecrets(document: String, redacted: String) throws {
    let expected = redacted.replacing(/<([a-z-]+)>/) { "[redacted:\($0.output.1)]" }
    let result = try redactor.redacted(document: document)
    #expect(result == (try JSONValue(parsing: Array(expected.utf8))))
    #expect(try redactor.redaction(of: result) == nil)
  }

  @Test(
    "is left as it is when it only refers to secrets",
    arguments: [
      #"{"kind":"Pod","metadata":{"uid":"550e8400-e29b-41d4-a716-446655440000","resourceVersion":"12345"}}"#,
      #"{"env":[{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}]}"#,
      #"{"volumes":[{"name":"t","secret":{"secretName":"db-credentials"}}],"imagePullSecrets":[{"name":"r"}]}"#,
      #"{"kind":"ConfigMap","data":{"ca.crt":"-----BEGIN CERTIFICATE-----\nMIIDBTCC\n-----END CERTIFICATE-----\n"}}"#,
      #"{"webhooks":[{"clientConfig":{"caBundle":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM="}}]}"#,
      #"{"images":[{"names":["repo/app@sha256:6443aa0c5e5b7d3f5b5f1f7b9d9c0c2c1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b"],"sizeBytes":4111111111}]}"#,
      #"{"kind":"Event","message":"couldn't find key password in Secret shop/db","reason":"Failed"}"#,
      #"{"tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists"}]}"#,
    ])
  func isLeftAlone(document: String) throws {
    #expect(try redactor.redaction(of: JSONValue(parsing: Array(document.utf8))) == nil)
  }

  private var redactor: Redactor {
    get throws { try standardRedactor.get() }
  }
}
