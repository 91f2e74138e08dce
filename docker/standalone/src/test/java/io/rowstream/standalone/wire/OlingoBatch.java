package io.rowstream.standalone.wire;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.client.api.communication.request.batch.BatchManager;
import org.apache.olingo.client.api.communication.request.batch.ODataBatchRequest;
import org.apache.olingo.client.api.communication.request.batch.ODataChangeset;
import org.apache.olingo.client.api.communication.response.ODataResponse;
import org.apache.olingo.client.api.communication.response.ODataRetrieveResponse;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.core.ODataClientFactory;

/// One batch of Olingo's client.
final class OlingoBatch {
  private final BatchManager batch;

  private OlingoBatch(ODataBatchRequest request) {
    batch = request.payloadManager();
  }

  static OlingoBatch of(String root) {
    return new OlingoBatch(OlingoContacts.CLIENT.getBatchRequestFactory().getBatchRequest(root));
  }

  /// One whose requests are carried out whatever becomes of those before them.
  static OlingoBatch thatGoesOn(String root) {
    var client = ODataClientFactory.getClient();
    client.getConfiguration().setContinueOnError(true);
    var request = client.getBatchRequestFactory().getBatchRequest(root);
    request.setPrefer(client.newPreferences().continueOnError());
    return new OlingoBatch(request);
  }

  ODataChangeset changeSet() {
    return batch.addChangeset();
  }

  void read(URI contacts) {
    batch.addRequest(
        OlingoContacts.CLIENT.getRetrieveRequestFactory().getEntitySetRequest(contacts));
  }

  /// Sends it; the status of every answer, with the names on a page.
  List<String> answers() {
    var response = batch.getResponse();
    try {
      List<String> answers = new ArrayList<>();
      response
          .getBody()
          .forEachRemaining(item -> item.forEachRemaining(answer -> answers.add(text(answer))));
      return answers;
    } finally {
      response.close();
    }
  }

  private static String text(ODataResponse answer) {
    return answer instanceof ODataRetrieveResponse<?> read
            && read.getBody() instanceof ClientEntitySet page
        ? answer.getStatusCode()
            + " "
            + page.getEntities().stream()
                .map(each -> OlingoContacts.text(each, "fullname"))
                .toList()
        : Integer.toString(answer.getStatusCode());
  }
}
