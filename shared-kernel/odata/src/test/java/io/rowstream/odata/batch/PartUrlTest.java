package io.rowstream.odata.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowstream.odata.BadRequest;
import org.junit.jupiter.api.Test;

class PartUrlTest {
  private static final String ROOT = "/api/data/v9.2/";

  @Test
  void absolute_rooted_and_relative_urls_lead_to_the_same() {
    for (String url :
        new String[] {
          "http://h/api/data/v9.2/accounts?$top=1",
          "HTTPS://elsewhere:8443/api/data/v9.2/accounts?$top=1",
          "/api/data/v9.2/accounts?$top=1",
          "/accounts?$top=1",
          "accounts?$top=1"
        }) {
      assertThat(resolve(url)).isEqualTo("/api/data/v9.2/accounts?$top=1");
    }
    assertThat(resolve("/api/data/v9.0/accounts")).isEqualTo("/api/data/v9.0/accounts");
  }

  @Test
  void a_url_inside_the_query_is_not_the_url() {
    assertThat(resolve("accounts?$filter=websiteurl eq 'http://x/y'"))
        .isEqualTo(ROOT + "accounts?$filter=websiteurl%20eq%20'http://x/y'");
  }

  @Test
  void a_reference_stands_for_what_it_names() {
    assertThat(resolve("$1")).isEqualTo(ROOT + "%3C$1%3E");
    assertThat(resolve("/$1/lastname")).isEqualTo(ROOT + "%3C$1%3E/lastname");
    assertThat(resolve("http://h/api/data/v9.1/$10")).isEqualTo("/api/data/v9.1/%3C$10%3E");
    assertThat(resolve("$metadata")).isEqualTo(ROOT + "$metadata");
  }

  @Test
  void what_must_not_stand_in_a_url_is_encoded_once() {
    assertThat(resolve("F(T=@p)?@p={\"@odata.id\":\"a(1)\"}&x=%7B[]\u00c3\u00a9#"))
        .isEqualTo(ROOT + "F(T=@p)?@p=%7B%22@odata.id%22:%22a(1)%22%7D&x=%7B%5B%5D%C3%A9%23");
  }

  @Test
  void a_url_that_leads_elsewhere_or_to_a_batch_is_refused() {
    assertRefused("/api/watch", "lies under");
    assertRefused("http://h/accounts", "lies under");
    assertRefused("http://h", "lies under");
    assertRefused("/api/data/v9.3/accounts", "lies under");
    assertRefused("$batch", "A batch holds no batch");
    assertRefused("/api/data/v9.2/%24batch", "A batch holds no batch");
    assertRefused("accounts?$filter=a%2", "two hexadecimal digits");
    assertRefused("accounts?%zz", "two hexadecimal digits");
  }

  private static String resolve(String url) {
    return PartUrl.resolve(url, ROOT, reference -> "<" + reference + ">");
  }

  private static void assertRefused(String url, String message) {
    assertThatThrownBy(() -> resolve(url))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining(message);
  }
}
