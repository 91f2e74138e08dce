package io.rowstream.standalone;

import org.springframework.core.env.Environment;

/// What a newcomer reads when the service is ready.
final class Welcome {

  private Welcome() {}

  @SuppressWarnings("SystemOut")
  static void print(Environment environment) {
    String address =
        "http://localhost:"
            + environment.getProperty(
                "local.server.port", environment.getProperty("server.port", "8080"));
    System.out.printf(
        """

        Rowstream is ready on %1$s

          Requests act as Ada Admin; the header MSCRMCallerID names another user, such as Bea Buyer
          (22222222-2222-4222-8222-222222222222). This is a development identity: loopback only.

          A record        curl '%1$s/api/data/v9.2/contacts(33333333-3333-4333-8333-333333333333)'
          All of them     curl '%1$s/api/data/v9.2/contacts?$select=fullname,jobtitle'
          Watch changes   curl -N '%1$s/api/watch?entity=contacts'
          Change one      curl -X PATCH -H 'If-Match: W/"0"' -H 'Content-Type: application/json' \\
                               -d '{"jobtitle":"CTO"}' -i \\
                               '%1$s/api/data/v9.2/contacts(33333333-3333-4333-8333-333333333333)'
          Do that twice and the second is told what the first did.

        """,
        address);
    System.out.flush();
  }
}
