package io.rowstream.query.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/// A client that asks for a watch and then reads only when told to.
final class RawClient implements AutoCloseable {
  private static final int SILENCE_MILLIS_MAX = 30_000;

  private final Socket socket = new Socket();

  RawClient(int port, String query) {
    this(port, query, "1.1");
  }

  RawClient(int port, String query, String httpVersion) {
    try {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      socket.setSoTimeout(SILENCE_MILLIS_MAX);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              ("GET /api/watch?" + query + " HTTP/" + httpVersion + "\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      // The status line and no more: the watch is open then.
      socket.getInputStream().readNBytes(15);
    } catch (IOException failure) {
      throw new UncheckedIOException("not opened", failure);
    }
  }

  /// Reads all that comes until the connection ends or `text` has come.
  String readUntil(String text) {
    var read = new StringBuilder();
    var bytes = new byte[64 * 1024];
    try {
      while (read.indexOf(text, Math.max(0, read.length() - bytes.length - text.length())) < 0) {
        int count = socket.getInputStream().read(bytes);
        if (count < 0) {
          break;
        }
        read.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException cut) {
      // What came before counts.
    }
    return read.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("not closed", failure);
    }
  }
}
