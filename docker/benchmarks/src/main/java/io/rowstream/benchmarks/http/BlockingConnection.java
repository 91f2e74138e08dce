package io.rowstream.benchmarks.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A keep-alive connection that sends one request and waits for its response.
public final class BlockingConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final InputStream input;
  private final OutputStream output;
  private final byte[] received = new byte[64 * 1024];
  private final HttpResponse response = new HttpResponse();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public BlockingConnection(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    input = socket.getInputStream();
    output = socket.getOutputStream();
  }

  /// The response; it and [#body] are valid until the next call.
  public HttpResponse send(byte[] request) throws IOException {
    response.reset();
    body.reset();
    output.write(request);
    boolean complete = false;
    while (!complete) {
      int count = input.read(received);
      if (count < 0) {
        throw new EOFException("the server closed the connection before its response was complete");
      }
      complete = response.feed(ByteBuffer.wrap(received, 0, count), this::keep);
    }
    return response;
  }

  private void keep(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    body.writeBytes(bytes);
  }

  /// The last response's body.
  public String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
