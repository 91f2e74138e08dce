package io.rowstream.benchmarks.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The least server the feed benchmark accepts: versions in memory, an event stream per watcher.
///
/// With a main method, so that ten thousand watchers can be tried against a process of its own:
/// `feed --server="java -cp … io.rowstream.benchmarks.feed.FakeServer {port}"`.
public final class FakeServer implements AutoCloseable {
  private static final Pattern RECORD = Pattern.compile("contacts\\(([^)]+)\\)");

  private final ServerSocket listening;
  private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();
  private final Map<String, Queue<OutputStream>> watchers = new ConcurrentHashMap<>();

  FakeServer(int port) throws IOException {
    listening = new ServerSocket(port, 4096, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public static void main(String[] arguments) throws Exception {
    try (var server = new FakeServer(Integer.parseInt(arguments[0]))) {
      System.out.println("listening on " + server.port());
      Thread.currentThread().join();
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end of this server.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var input =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        answer(line, bodyOf(input), socket.getOutputStream());
      }
    } catch (IOException gone) {
      // One client less.
    }
  }

  private static int bodyOf(BufferedReader input) throws IOException {
    int length = 0;
    for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
      if (line.startsWith("Content-Length:")) {
        length = Integer.parseInt(line.substring("Content-Length:".length()).strip());
      }
    }
    return (int) input.skip(length);
  }

  private void answer(String requestLine, int bodyLength, OutputStream output) throws IOException {
    Matcher record = RECORD.matcher(requestLine);
    if (!record.find()) {
      write(output, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nup");
    } else if (requestLine.contains("/watch")) {
      write(output, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      watchers.computeIfAbsent(record.group(1), _ -> new ConcurrentLinkedQueue<>()).add(output);
    } else if (bodyLength > 0) {
      change(record.group(1), output);
    } else {
      write(output, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private void change(String record, OutputStream output) throws IOException {
    AtomicLong last = versions.computeIfAbsent(record, _ -> new AtomicLong(-1));
    long version = last.incrementAndGet();
    write(output, "HTTP/1.1 204 No Content\r\nETag: W/\"" + version + "\"\r\n\r\n");
    String frame =
        "id: x\nevent: change\ndata: {\"committedOn\":\"%s\",\"changes\":[{\"id\":\"%s\",\"rowVersion\":%d}]}\n\n"
            .formatted(Instant.now(), record, version);
    String chunk = Integer.toHexString(frame.length()) + "\r\n" + frame + "\r\n";
    watchers
        .getOrDefault(record, new ConcurrentLinkedQueue<>())
        .removeIf(watcher -> isGone(watcher, chunk));
  }

  private static boolean isGone(OutputStream watcher, String chunk) {
    try {
      write(watcher, chunk);
      return false;
    } catch (IOException gone) {
      return true;
    }
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
