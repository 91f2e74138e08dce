package io.rowstream.odata.batch;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.url.ServiceRoot;
import java.util.function.UnaryOperator;

/// Where the URL of a request in a batch leads.
public final class PartUrl {
  private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";
  private static final String HEX = "0123456789ABCDEF";

  private PartUrl() {}

  /// The path and query a URL stands for, safe to be parsed: what must not stand in a URL, such as
  /// a brace, a quote or a blank, is percent-encoded. The host of an absolute URL is not looked at,
  /// as behind a gateway it is not known which ones are ours.
  ///
  /// @param url absolute, rooted, or relative to the service root
  /// @param rootPath the path of the service root the batch came to, with its final slash
  /// @param references gives for `$1`, where the path starts so, what stands for it after the root
  /// @throws BadRequest if it leads elsewhere, or to a batch
  public static String resolve(String url, String rootPath, UnaryOperator<String> references) {
    int question = url.indexOf('?');
    String path = question < 0 ? url : url.substring(0, question);
    String query = question < 0 ? "" : url.substring(question);
    boolean absolute = startsWith(path, "http://") || startsWith(path, "https://");
    if (absolute) {
      int slash = path.indexOf('/', path.indexOf("://") + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    if (!absolute && !path.startsWith("/api/")) {
      String relative = path.startsWith("/") ? path.substring(1) : path;
      return encoded(rootPath + referred(relative, references) + query);
    }
    String afterRoot = ServiceRoot.afterRoot(path);
    if (afterRoot == null) {
      throw BadRequest.query("The path lies under /api/data/v9.0 to v9.2.");
    }
    String root = path.substring(0, path.length() - afterRoot.length());
    return encoded(root + referred(afterRoot, references) + query);
  }

  private static boolean startsWith(String path, String prefix) {
    return path.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static String referred(String afterRoot, UnaryOperator<String> references) {
    int slash = afterRoot.indexOf('/');
    String first = slash < 0 ? afterRoot : afterRoot.substring(0, slash);
    if (first.equals("$batch") || first.equals("%24batch")) {
      throw BadRequest.query("A batch holds no batch.");
    }
    return first.startsWith("$") && !first.equals("$metadata")
        ? references.apply(first) + afterRoot.substring(first.length())
        : afterRoot;
  }

  private static String encoded(String raw) {
    var url = new StringBuilder(raw.length() + 16);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0) {
        url.append(c);
      } else if (c == '%') {
        if (i + 2 >= raw.length() || !isHex(raw.charAt(i + 1)) || !isHex(raw.charAt(i + 2))) {
          throw BadRequest.query("The URL holds a % without two hexadecimal digits after it.");
        }
        url.append(c);
      } else {
        url.append('%').append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
      }
    }
    return url.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }
}
