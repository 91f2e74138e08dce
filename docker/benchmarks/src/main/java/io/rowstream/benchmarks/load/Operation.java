package io.rowstream.benchmarks.load;

import io.rowstream.benchmarks.http.HttpResponse;
import io.rowstream.benchmarks.http.Service;
import io.rowstream.benchmarks.workload.ContactChange;
import io.rowstream.benchmarks.workload.WorkingSet;

/// What a connection asks over and over.
enum Operation {
  PATCH("conditional PATCH") {
    @Override
    byte[] request(Service service, int record) {
      return service
          .dialect()
          .change(
              service.records().id(record),
              service.records().version(record),
              service.nextChange());
    }

    @Override
    boolean succeeded(WorkingSet records, int record, HttpResponse response) {
      boolean next =
          response.status() / 100 == 2 && response.version() == records.version(record) + 1;
      records.moveTo(record, next ? response.version() : WorkingSet.LOST);
      return next;
    }
  },

  GET("GET by id") {
    @Override
    byte[] request(Service service, int record) {
      return service.dialect().read(service.records().id(record));
    }

    @Override
    boolean succeeded(WorkingSet records, int record, HttpResponse response) {
      return response.status() == 200;
    }
  },

  PAGE("filtered, ordered page") {
    @Override
    byte[] request(Service service, int record) {
      return service.dialect().page(ContactChange.title(record));
    }

    @Override
    boolean succeeded(WorkingSet records, int record, HttpResponse response) {
      return response.status() == 200;
    }
  };

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract byte[] request(Service service, int record);

  /// Whether the response is a success; keeps the record's version up to date.
  abstract boolean succeeded(WorkingSet records, int record, HttpResponse response);
}
