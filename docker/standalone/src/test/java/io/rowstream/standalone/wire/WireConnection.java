package io.rowstream.standalone.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A connection that sends whatever it is given and takes nothing but well-formed answers.
final class WireConnection implements AutoCloseable {
  private static final int ANSWER_MILLIS_MAX = 20_000;
  private static final int LINE_OCTETS_MAX = 100_000;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d) .*");
  private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*)");

  private final Socket socket = new Socket();
  private final InputStream in;

  WireConnection(int port) {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A server that refuses may stop reading before it has everything.
  void send(byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException _) {
      // The answer tells.
    }
  }

  /// The same, and nothing will follow.
  void sendAll(byte[] request) {
    send(request);
    try {
      socket.shutdownOutput();
    } catch (IOException _) {
      // The server has hung up already.
    }
  }

  /// Whether there is something to read before the server hangs up.
  boolean hasMore() {
    try {
      in.mark(1);
      boolean more = in.read() >= 0;
      in.reset();
      return more;
    } catch (IOException _) {
      return false;
    }
  }

  /// Reads one final answer.
  WireAnswer read(boolean toHead) {
    try {
      WireAnswer answer = readAny(toHead);
      return answer.status() < 200 ? read(toHead) : answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Reads one answer that announces another.
  WireAnswer readInterim() {
    try {
      return readAny(false);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private WireAnswer readAny(boolean toHead) throws IOException {
    String first = line();
    var statusLine = STATUS_LINE.matcher(first);
    if (!statusLine.matches()) {
      throw new IOException("not a status line: " + first);
    }
    int status = Integer.parseInt(statusLine.group(1));
    Map<String, String> fields = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      var field = FIELD.matcher(line);
      if (!field.matches()) {
        throw new IOException("not a field: " + line);
      }
      String name = field.group(1).toLowerCase(Locale.ROOT);
      if (fields.put(name, field.group(2)) != null) {
        throw new IOException("twice in one answer: " + line);
      }
    }
    boolean bodiless = toHead || status < 200 || status == 204 || status == 304;
    var head = new WireAnswer(status, fields, new byte[0]);
    return bodiless || head.isStream() ? head : new WireAnswer(status, fields, body(fields));
  }

  private byte[] body(Map<String, String> fields) throws IOException {
    String length = fields.get("content-length");
    if (length == null) {
      throw new IOException("an answer without a length: " + fields);
    }
    return octets(Integer.parseInt(length));
  }

  private byte[] octets(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new IOException("an answer was cut");
    }
    return octets;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    while (line.length() < LINE_OCTETS_MAX) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("no answer, or one that is cut: " + line);
      }
      if (octet == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        return line.substring(0, line.length() - 1);
      }
      line.append((char) octet);
    }
    throw new IOException("an endless line: " + line.substring(0, 100));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
