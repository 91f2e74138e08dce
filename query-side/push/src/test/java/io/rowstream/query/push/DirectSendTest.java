package io.rowstream.query.push;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpServer;

/// With a socket of a native transport; skipped where there is none.
class DirectSendTest {
  private static final Frame FRAME =
      new Frame(1, "", 0, "x".repeat(30_000).getBytes(StandardCharsets.US_ASCII));
  private static final List<Frame> FRAMES = List.of(FRAME, FRAME);
  private static final int SIZE = 2 * FRAME.size();

  private final CompletableFuture<Channel> accepted = new CompletableFuture<>();

  private DisposableServer server;
  private Socket client;
  private Channel channel;

  @BeforeEach
  void connect() throws Exception {
    server =
        TcpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnConnection(connection -> accepted.complete(connection.channel()))
            .handle((in, out) -> out.neverComplete())
            .bindNow();
    client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    client.setSoTimeout(10_000);
    channel = accepted.get(10, TimeUnit.SECONDS);
    assumeThat(DirectSend.socketOf(channel)).isNotNull();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    server.disposeNow();
  }

  @Test
  void all_that_a_socket_takes_is_counted_and_nothing_else() throws Exception {
    long sent =
        onLoop(() -> {
          long bytes = 0;
          int taken;
          do {
            taken = send(FRAMES);
            bytes += taken;
          } while (taken == SIZE);
          var _ = channel.close();
          return bytes;
        });

    String twice = text(FRAME) + text(FRAME);
    assertThat(sent).isGreaterThan(SIZE);
    assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .isEqualTo(twice.repeat((int) (sent / SIZE)) + twice.substring(0, (int) (sent % SIZE)));
  }

  @Test
  void each_reader_gets_its_own_frames() throws Exception {
    var other = new Frame(2, "", 0, new byte[] {'y'});

    onLoop(() -> send(FRAMES) + send(List.of(other)) + send(List.of(FRAME)));

    assertThat(read(SIZE + other.size() + FRAME.size()))
        .isEqualTo(text(FRAME) + text(FRAME) + text(other) + text(FRAME));
  }

  @Test
  void what_waits_already_goes_first() throws Exception {
    int sent =
        onLoop(() -> {
          var _ = channel.write(FRAME.chunk());
          int past = send(FRAMES);
          channel.flush();
          return past;
        });

    assertThat(sent).isZero();
    assertThat(read(FRAME.size())).isEqualTo(text(FRAME));
  }

  @Test
  void more_than_the_buffer_holds_goes_the_usual_way() throws Exception {
    assertThat(onLoop(() -> send(List.of(FRAME, FRAME, FRAME)))).isZero();
  }

  @Test
  void a_closed_connection_takes_nothing() throws Exception {
    channel.close().sync();

    assertThat(onLoop(() -> send(FRAMES))).isZero();
  }

  private int send(List<Frame> frames) {
    int size = frames.stream().mapToInt(Frame::size).sum();
    var socket = requireNonNull(DirectSend.socketOf(channel));
    return DirectSend.ofThisLoop().send(channel, socket, frames, size);
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    return channel.eventLoop().submit(work).get(10, TimeUnit.SECONDS);
  }

  private String read(int bytes) throws IOException {
    InputStream in = client.getInputStream();
    return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  private static String text(Frame frame) {
    return frame.chunk().toString(StandardCharsets.US_ASCII);
  }
}
