package io.rowstream.odata.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchResponseTest {
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);

  @Test
  void an_answer_is_written_as_clients_need_it() {
    Iterator<UUID> ids = List.of(FIRST, SECOND).iterator();
    var response = new BatchResponse(ids::next);
    response.addChangeSet(
        List.of(
            new PartResponse(204, List.of(new Header("ETag", "W/\"0\"")), new byte[0], "1"),
            new PartResponse(204, List.of(), new byte[0], null)));
    response.add(
        new PartResponse(
            200, List.of(new Header("Content-Type", "text/plain")), "é".getBytes(UTF_8), null));

    assertThat(response.contentType())
        .isEqualTo("multipart/mixed; boundary=batchresponse_00000000-0000-0000-0000-000000000001");
    assertThat(new String(response.close(), UTF_8))
        .isEqualTo(
            """
            --batchresponse_00000000-0000-0000-0000-000000000001
            Content-Type: multipart/mixed; boundary=changesetresponse_00000000-0000-0000-0000-000000000002

            --changesetresponse_00000000-0000-0000-0000-000000000002
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            HTTP/1.1 204 No Content
            ETag: W/"0"


            --changesetresponse_00000000-0000-0000-0000-000000000002
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content


            --changesetresponse_00000000-0000-0000-0000-000000000002--
            --batchresponse_00000000-0000-0000-0000-000000000001
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 200 OK
            Content-Type: text/plain

            é
            --batchresponse_00000000-0000-0000-0000-000000000001--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void every_status_line_has_letters_and_blanks_only() {
    for (int status = 200; status < 600; status++) {
      var response = new BatchResponse(() -> FIRST);
      response.add(new PartResponse(status, List.of(), new byte[0], null));

      assertThat(new String(response.close(), UTF_8))
          .containsPattern("\r\nHTTP/1\\.1 " + status + " [A-Za-z ]+\r\n");
    }
  }
}
