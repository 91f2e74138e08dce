package io.rowstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rowstream.eventlog.EventJson.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final String DAMAGE = "{}[]\",:0x\0\\tfn";
  private static final String ORIGIN =
      "\"shape\":1,\"command\":\"c\",\"actor\":\"11111111-1111-4111-8111-111111111111\"";

  @Test
  void any_event_is_read_as_it_was_written() {
    var events = new RandomEvents();
    for (int i = 0; i < 20_000; i++) {
      var written = new Entry(events.origin(), events.event());

      assertThat(EventJson.read(EventJson.write(written.origin(), written.event())))
          .isEqualTo(written);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'created',ORIGIN,'values':{},'future':1}",
        "{'event':'created',ORIGIN,'values':{},'future':{'a':[1]}}",
        "{'event':'created',ORIGIN,'values':{'a':{'fraction':'1/3'}}}",
        "{'event':'created',ORIGIN,'values':{'a':{'decimal':'1','unit':'m'}}}",
        "{'event':'created',ORIGIN,'values':{'a':[1]}}",
        "{'event':'created',ORIGIN,'values':{'a':1.5}}",
        "{'event':'created',ORIGIN,'values':{'a':12345678901234567890}}",
        "{'event':'created',ORIGIN,'values':{'a':{'guid':'x'}}}",
        "{'event':'created',ORIGIN,'values':'none'}",
        "{'event':'renamed',ORIGIN,'values':{}}",
        "{'event':'entity-type-defined',ORIGIN}",
        "{ORIGIN,'values':{}}",
        "{'event':'created','shape':2,'command':'c','actor':'11111111-1111-4111-8111-111111111111'}",
        "{'event':'created','command':'c','actor':'11111111-1111-4111-8111-111111111111'}",
        "{'event':'created','shape':1,'actor':'11111111-1111-4111-8111-111111111111'}",
        "{'event':'created','shape':1,'command':'c'}",
        "{'event':'created','shape':1,'command':'c','actor':'Ada'}",
        "{'event':'updated',ORIGIN,'changes':'none'}",
        "{'event':'updated',ORIGIN,'changes':{'a':1}}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1]}}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1,2,3]}}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1,1]}}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1,2]},'overwrote':'a'}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1,2]},'overwrote':{'a':1}}",
        "{'event':'updated',ORIGIN,'changes':{'a':[1,2]},'merged':'yes'}",
        "{'event':'created',ORIGIN,'values':{}",
        "{'event':'created',ORIGIN,'values':{}}{}",
        "[]",
        "null",
        "",
        "created"
      })
  void what_no_version_has_written_is_refused(String payload) {
    var json = payload.replace("ORIGIN", ORIGIN).replace('\'', '"');

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> EventJson.read(json.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void damaged_payloads_are_read_or_refused_but_never_hang_or_break_out() {
    var events = new RandomEvents();
    var random = events.random();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 30_000; i++) {
            byte[] payload = EventJson.write(events.origin(), events.event());
            if (random.nextInt(3) == 0) {
              payload = Arrays.copyOf(payload, random.nextInt(payload.length));
            }
            for (int damage = random.nextInt(3); damage > 0 && payload.length > 0; damage--) {
              payload[random.nextInt(payload.length)] =
                  (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
            }
            try {
              EventJson.read(payload);
            } catch (IllegalArgumentException refused) {
              // As it should be.
            }
          }
        });
  }
}
