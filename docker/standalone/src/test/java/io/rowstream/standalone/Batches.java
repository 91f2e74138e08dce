package io.rowstream.standalone;

import java.util.List;

/// Bodies of batches whose boundary is `b`.
final class Batches {

  private Batches() {}

  static String of(String... steps) {
    return String.join("", steps) + "--b--\n";
  }

  /// @param request from its request line on
  static String single(String request) {
    return "--b\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\n"
        + request
        + "\n";
  }

  /// Its members have the content ids 1, 2, 3 …
  static String changeSet(String... members) {
    return changeSet(List.of(members));
  }

  static String changeSet(List<String> members) {
    var text = new StringBuilder("--b\nContent-Type: multipart/mixed; boundary=c\n\n");
    for (int i = 0; i < members.size(); i++) {
      text.append("--c\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n");
      text.append("Content-ID: ").append(i + 1).append("\n\n");
      text.append(members.get(i)).append('\n');
    }
    return text.append("--c--\n").toString();
  }

  static String post(String set, String json, String... headers) {
    return request("POST " + set, json, headers);
  }

  static String patch(String path, String json, String... headers) {
    return request("PATCH " + path, json, headers);
  }

  /// @param headers whole lines
  static String request(String methodAndUrl, String json, String... headers) {
    String lines = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
    return methodAndUrl
        + " HTTP/1.1\nContent-Type: application/json\n"
        + lines
        + "\n"
        + json
        + "\n";
  }
}
