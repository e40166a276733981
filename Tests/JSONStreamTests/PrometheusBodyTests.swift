import JSONStream
import Telemetry
import Testing

@Suite struct PrometheusBodyTests {
  @Test("A matrix gives its series and samples as the server wrote them") func readsMatrix() throws
  {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"matrix","result":["#
        + #"{"metric":{"__name__":"up","job":"a"},"values":[[1795385996,"1"],[1795385996.429,"0.5"],"#
        + #"[1795386011,"1.5e-07"],[1795386026,"NaN"],[1795386041,"-Inf"]]},"#
        + #"{"metric":{},"values":[]}]}}"#)
    let body = try reading.body()
    #expect(body.kind == .prometheusMatrix)
    #expect(body.groups == 2)
    #expect(body.records == 5)
    #expect(body.document == nil)
    #expect(!body.hasLokiStats)
    #expect(
      reading.calls == [
        "series {__name__=up,job=a}",
        "sample 1795385996000000000 1.0 '1'",
        "sample 1795385996429000000 0.5 '0.5'",
        "sample 1795386011000000000 1.5e-07 '1.5e-07'",
        "sample 1795386026000000000 nan 'NaN'",
        "sample 1795386041000000000 -inf '-Inf'",
        "end series", "series {}", "end series",
      ])
  }

  @Test("Blanks, numbers as values and times as text are tolerated") func readsLooseSamples() throws
  {
    let reading = try Reading(
      """
      { "status" : "success",
        "data" : { "resultType" : "matrix", "result" : [
          { "metric" : { "a" : "b" }, "values" : [ [ 1, "2" ] , [ 2.5, 3.25 ],
            ["3", "4"], [-1, "5"], [1e1, "6"] ] } ] } }
      """)
    #expect(try reading.body().kind == .prometheusMatrix)
    #expect(
      reading.calls == [
        "series {a=b}", "sample 1000000000 2.0 '2'", "sample 2500000000 3.25 '3.25'",
        "sample 3000000000 4.0 '4'", "sample -1000000000 5.0 '5'",
        "sample 10000000000 6.0 '6'", "end series",
      ])
  }

  @Test(
    "Keys may come in any order",
    arguments: [
      #"{"data":{"result":[{"values":[[1,"2"]],"metric":{"a":"b"}}],"resultType":"matrix"},"status":"success"}"#,
      #"{"data":{"result":[{"values":[[1,"2"]],"metric":{"a":"b"}}]},"status":"success"}"#,
      #"{"resultType":"matrix","result":[{"x":[1],"values":[[1,"2"]],"metric":{"a":"b"}}]}"#,
    ])
  func readsAnyOrder(json: String) throws {
    let reading = try Reading(json)
    #expect(try reading.body().kind == .prometheusMatrix)
    #expect(reading.calls == ["series {a=b}", "sample 1000000000 2.0 '2'", "end series"])
  }

  @Test("Native histograms are given as JSON, beside float samples") func readsHistograms() throws {
    let histogram = #"{"count":"3","sum":"1.5","buckets":[[0,"0.5","1","3"]]}"#
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"#
        + #""values":[[1,"2"]],"histograms":[[2,\#(histogram)],[3,{"count":"0","sum":"0"}]]},"#
        + #"{"histograms":[[4,{}]],"metric":{"c":"d"}}]}}"#)
    #expect(try reading.body().kind == .prometheusMatrix)
    #expect(try reading.body().records == 4)
    #expect(
      reading.calls == [
        "series {a=b}", "sample 1000000000 2.0 '2'", "histogram 2000000000 \(histogram)",
        #"histogram 3000000000 {"count":"0","sum":"0"}"#, "end series",
        "series {c=d}", "histogram 4000000000 {}", "end series",
      ])
  }

  @Test("A vector gives one sample a series") func readsVector() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":"#
        + #"[1795387785,"+Inf"]},{"value":[5,"1"],"metric":{"a":"c"}},"#
        + #"{"metric":{},"histogram":[6,{"count":"1","sum":"2"}]}],"#
        + #""stats":{"timings":{"evalTotalTime":0.1},"samples":{"peakSamples":1}}}}"#)
    let body = try reading.body()
    #expect(body.kind == .prometheusVector)
    #expect(body.groups == 3)
    #expect(body.records == 3)
    #expect(!body.hasLokiStats)
    #expect(
      reading.calls == [
        "series {a=b}", "sample 1795387785000000000 inf '+Inf'", "end series",
        "series {a=c}", "sample 5000000000 1.0 '1'", "end series",
        "series {}", #"histogram 6000000000 {"count":"1","sum":"2"}"#, "end series",
      ])
  }

  @Test("Warnings and infos keep the server's words") func keepsWarnings() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"matrix","result":[]},"#
        + #""warnings":["results truncated due to limit"],"infos":["PromQL info: no counter"]}"#)
    #expect(
      try reading.body().warnings == [
        "results truncated due to limit", "PromQL info: no counter",
      ])
  }

  @Test("A repeated label is counted and its last value kept") func countsRepeatedLabels() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"vector","result":["#
        + #"{"metric":{"le":"1","a":"x","le":"2"},"value":[1,"1"]}]}}"#)
    #expect(try reading.body().duplicateKeys == 1)
    #expect(reading.calls.first == "series {a=x,le=2}")
  }

  @Test(
    "A sample that cannot be read stops the body, with its place",
    arguments: [
      (#"[[1,"0x10"]]"#, #""0x10" at byte 93 is not a sample value"#),
      (#"[[1,""]]"#, #""" at byte 93 is not a sample value"#),
      (#"[[1,null]]"#, "'n' at byte 93; expected a string"),
      (
        #"[[1e400,"1"]]"#,
        #""1e400" at byte 91 is not a time in Unix seconds between 1677 and 2262"#
      ),
      (
        #"[[99999999999,"1"]]"#,
        #""99999999999" at byte 91 is not a time in Unix seconds between 1677 and 2262"#
      ),
      (#"[[]]"#, "']' at byte 91; expected a time"),
      (#"[[1]]"#, "']' at byte 92; expected a sample value"),
      (#"[[1,"1",2]]"#, "'2' at byte 97; expected ']'"),
      (#"[[1,"1"],]"#, "']' at byte 98; expected a value"),
      (#"[1]"#, "'1' at byte 90; expected an array"),
    ])
  func refusesBadSamples(values: String, expected: String) throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":"#
        + values + "}]}}")
    #expect(reading.error?.description == expected)
    #expect(reading.calls.first == "series {a=b}")
  }
}
