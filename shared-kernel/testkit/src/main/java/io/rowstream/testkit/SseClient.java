package io.rowstream.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// An open stream of server-sent events, read on a thread of its own into a list a test looks into.
/// Thread-safe.
public final class SseClient implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int status;
  private final HttpHeaders headers;
  private final InputStream body;
  private final SseParser parser;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  // Guarded by lock.
  private final List<SseEvent> received = new ArrayList<>();
  private String lastId;
  private boolean ended;

  private SseClient(HttpResponse<InputStream> response, String lastId) {
    this.status = response.statusCode();
    this.headers = response.headers();
    this.body = response.body();
    this.parser = new SseParser(lastId);
    this.lastId = lastId;
    Thread.ofVirtual().name("sse").start(this::read);
  }

  /// Opens a stream; returns when the response's headers are there.
  public static SseClient open(URI uri) {
    return open(uri, "");
  }

  /// Opens a stream as a browser that reconnects.
  ///
  /// @param lastId sent as `Last-Event-ID` unless empty
  public static SseClient open(URI uri, String lastId) {
    var request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new SseClient(response, lastId);
    } catch (IOException failure) {
      throw new UncheckedIOException("not opened: " + uri, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("not opened: " + uri, interrupted);
    }
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    } catch (IOException closed) {
      // The end of this stream, as is a proper one.
    }
    lock.lock();
    try {
      ended = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(String line) {
    lock.lock();
    try {
      parser.line(line).ifPresent(received::add);
      lastId = parser.lastId();
      if (line.isEmpty()) {
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  public int status() {
    return status;
  }

  public HttpHeaders headers() {
    return headers;
  }

  /// What has come so far.
  public List<SseEvent> received() {
    lock.lock();
    try {
      return List.copyOf(received);
    } finally {
      lock.unlock();
    }
  }

  /// What has come so far under the name `event`.
  public List<SseEvent> received(String event) {
    return received().stream().filter(each -> each.is(event)).toList();
  }

  /// The id a browser would reconnect with.
  public String lastId() {
    lock.lock();
    try {
      return lastId;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the server or the network has ended the stream.
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for an event that fulfils the condition, among those that have come already, too.
  ///
  /// @throws AssertionError if none comes in time
  public SseEvent await(Duration atMost, Predicate<SseEvent> condition) {
    long left = atMost.toNanos();
    int seen = 0;
    lock.lock();
    try {
      while (true) {
        for (; seen < received.size(); seen++) {
          if (condition.test(received.get(seen))) {
            return received.get(seen);
          }
        }
        if (left <= 0 || ended) {
          throw new AssertionError(
              "not received%s within %s; received: %s"
                  .formatted(ended ? " before the end" : "", atMost, tail()));
        }
        left = news.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private List<SseEvent> tail() {
    return received.subList(Math.max(0, received.size() - 5), received.size());
  }

  /// Waits for the first event named `event`.
  public SseEvent await(Duration atMost, String event) {
    return await(atMost, each -> each.is(event));
  }

  /// Waits for the first event named `event` at `position` or later.
  public SseEvent await(Duration atMost, String event, long position) {
    return await(atMost, each -> each.is(event) && each.position() >= position);
  }

  /// Closes the connection and returns all that came; [#lastId] does not change any more.
  public List<SseEvent> leave() {
    close();
    lock.lock();
    try {
      while (!ended) {
        news.await();
      }
      return List.copyOf(received);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      lock.unlock();
    }
  }

  /// Closes the connection, as a browser tab does.
  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException alreadyBroken) {
      // What was wanted.
    }
  }
}
