package io.rowstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyIT {
  private static final int SILENCE_MILLIS = 200;

  private final EchoServer echo = EchoServer.start();
  private final TcpProxy proxy = TcpProxy.to("127.0.0.1", echo.port());

  @AfterEach
  void close() throws Exception {
    proxy.close();
    echo.close();
  }

  @Test
  void bytes_flow_both_ways() throws Exception {
    try (var client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      assertThat(echoed(client, 'b')).isEqualTo('b');
    }
  }

  @Test
  void the_end_of_one_direction_leaves_the_other_open() throws Exception {
    try (var client = connect()) {
      client.getOutputStream().write('a');
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).containsExactly('a');
    }
  }

  @Test
  void held_replies_arrive_after_release_while_requests_get_through() throws Exception {
    try (var client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');

      proxy.holdReplies();
      client.getOutputStream().write('b');
      client.getOutputStream().write('c');

      assertThat(echo.nextReceived()).isEqualTo('a');
      assertThat(echo.nextReceived()).isEqualTo('b');
      assertThat(echo.nextReceived()).isEqualTo('c');
      assertSilent(client);

      proxy.release();
      assertThat(client.getInputStream().readNBytes(2)).containsExactly('b', 'c');
    }
  }

  @Test
  void silence_keeps_bytes_and_ends_of_streams_from_both_sides() throws Exception {
    try (var client = connect();
        var ended = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      assertThat(echo.nextReceived()).isEqualTo('a');
      assertThat(echoed(ended, 'b')).isEqualTo('b');
      assertThat(echo.nextReceived()).isEqualTo('b');

      proxy.silence();
      client.getOutputStream().write('c');
      ended.shutdownOutput();

      assertSilent(client);
      assertSilent(ended);
      assertThat(echo.hasReceivedMore()).isFalse();

      proxy.release();
      assertThat(client.getInputStream().read()).isEqualTo('c');
      assertThat(ended.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void new_connections_fall_silent_too() throws Exception {
    proxy.silence();
    try (var client = connect()) {
      client.getOutputStream().write('a');
      assertSilent(client);

      proxy.release();
      assertThat(client.getInputStream().read()).isEqualTo('a');
    }
  }

  @Test
  void a_cut_ends_every_connection_and_loses_held_replies() throws Exception {
    try (var first = connect();
        var second = connect()) {
      assertThat(echoed(first, 'a')).isEqualTo('a');
      assertThat(echoed(second, 'a')).isEqualTo('a');
      proxy.holdReplies();
      first.getOutputStream().write('b');
      assertThat(echo.nextReceived()).isEqualTo('a');
      assertThat(echo.nextReceived()).isEqualTo('a');
      assertThat(echo.nextReceived()).isEqualTo('b');

      proxy.cutAll();
      proxy.release();

      assertEnded(first);
      assertEnded(second);
    }
    try (var next = connect()) {
      assertThat(echoed(next, 'c')).isEqualTo('c');
    }
  }

  @Test
  void refused_clients_see_a_closed_port_and_present_ones_stay() throws Exception {
    try (var present = connect()) {
      assertThat(echoed(present, 'a')).isEqualTo('a');

      proxy.refuse();
      proxy.refuse();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(echoed(present, 'b')).isEqualTo('b');

      proxy.accept();
      proxy.accept();
      try (var next = connect()) {
        assertThat(echoed(next, 'c')).isEqualTo('c');
      }
    }
  }

  @Test
  void a_server_out_of_reach_ends_the_connection() throws Exception {
    echo.close();

    try (var client = connect()) {
      assertEnded(client);
    }
  }

  @Test
  void a_closed_proxy_ends_connections_and_frees_its_port() throws Exception {
    try (var client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');

      proxy.close();

      assertEnded(client);
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
  }

  private Socket connect() throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(10_000);
    return client;
  }

  private static int echoed(Socket client, int sent) throws IOException {
    client.getOutputStream().write(sent);
    return client.getInputStream().read();
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(10_000);
  }

  private static void assertEnded(Socket client) {
    int next;
    try {
      next = client.getInputStream().read();
    } catch (SocketTimeoutException open) {
      throw new AssertionError("still open", open);
    } catch (IOException reset) {
      next = -1;
    }
    assertThat(next).isEqualTo(-1);
  }
}
