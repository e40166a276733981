import JSONStream
import Telemetry
import Testing

@Suite struct KubernetesBodyTests {
  @Test("A list of kubectl gives its objects, kinds mixed") func readsList() throws {
    let reading = try Reading(
      """
      {
          "apiVersion": "v1",
          "items": [
              {"apiVersion": "apps/v1", "kind": "Deployment",
               "metadata": {"name": "cart", "namespace": "shop", "uid": "u1",
                            "resourceVersion": "7", "creationTimestamp": "2026-03-01T10:05:00Z"}},
              {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "worker-1"}}
          ],
          "kind": "List",
          "metadata": {"resourceVersion": ""}
      }
      """)
    let body = try reading.body()
    #expect(body.kind == .kubernetesList)
    #expect(body.records == 2)
    #expect(!body.isTruncatedList)
    #expect(
      reading.calls == [
        "object Deployment shop/cart of apps/v1 uid 'u1' version '7' created 1772359500000000000",
        "object Node /worker-1 of v1 uid '' version ''",
      ])
  }

  @Test(
    "Items of a typed list take their kind from it, wherever it stands",
    arguments: [
      #"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a"}}]}"#,
      #"{"items":[{"metadata":{"name":"a"}}],"kind":"PodList","apiVersion":"v1"}"#,
      #"{"kind":"PodList","items":[{"metadata":{"name":"a"}}],"apiVersion":"v1"}"#,
    ])
  func infersKinds(json: String) throws {
    let reading = try Reading(json)
    #expect(try reading.body().kind == .kubernetesList)
    #expect(reading.calls == ["object Pod /a of v1 uid '' version ''"])
  }

  @Test(
    "A list may have no items",
    arguments: [
      (#"{"kind":"PodList","apiVersion":"v1","metadata":{}}"#, false),
      (#"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":null}"#, false),
      (#"{"kind":"List","apiVersion":"v1","metadata":{"continue":""},"items":[]}"#, false),
      (#"{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"eyJ2"},"items":[]}"#, true),
      (#"{"kind":"PodList","apiVersion":"v1","metadata":{"remainingItemCount":52}}"#, true),
      (#"{"kind":"PodList","apiVersion":"v1","metadata":{"remainingItemCount":0}}"#, false),
    ])
  func readsEmptyLists(json: String, isTruncated: Bool) throws {
    let reading = try Reading(json)
    let body = try reading.body()
    #expect(body.kind == .kubernetesList)
    #expect(body.records == 0)
    #expect(body.isTruncatedList == isTruncated)
    #expect(body.document == nil)
    #expect(reading.calls.isEmpty)
  }

  @Test("One object stands for itself, its data included") func readsBareObjects() throws {
    let reading = try Reading(
      #"{"apiVersion":"v1","data":{"result":"x"},"kind":"ConfigMap","metadata":{"name":"c"}}"#)
    #expect(try reading.body().kind == .kubernetesObject)
    #expect(try reading.body().records == 1)
    #expect(reading.calls == ["object ConfigMap /c of v1 uid '' version ''"])
  }

  @Test("Tables, statuses and versions are documents") func readsDocuments() throws {
    let table = try Reading(
      #"{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"continue":"x"},"rows":[]}"#)
    #expect(try table.body().kind == .kubernetesTable)
    #expect(try table.body().isTruncatedList)
    #expect(try table.body().document?["rows"] == .array([]))
    let status = try Reading(
      #"{"kind":"Status","apiVersion":"v1","metadata":{"continue":"x"},"status":"Failure","#
        + #""message":"Unauthorized","reason":"Unauthorized","code":401}"#)
    #expect(try status.body().kind == .kubernetesStatus)
    #expect(try status.body().error == "Unauthorized")
    #expect(try !status.body().isTruncatedList)
    let version = try Reading(#"{"major":"1","minor":"36","gitVersion":"v1.36.2"}"#)
    #expect(try version.body().kind == .kubernetesVersion)
    #expect(try version.body().document?["gitVersion"]?.string == "v1.36.2")
    let both = try Reading(#"{"clientVersion":{"gitVersion":"v1.36.2"},"serverVersion":{}}"#)
    #expect(try both.body().kind == .kubernetesVersion)
  }

  @Test("Items that are no objects stop the body") func refusesOtherItems() throws {
    let reading = try Reading(#"{"kind":"PodList","apiVersion":"v1","items":[1]}"#)
    #expect(
      reading.error?.description == "'1' at byte 45; expected an object of the list")
  }
}
