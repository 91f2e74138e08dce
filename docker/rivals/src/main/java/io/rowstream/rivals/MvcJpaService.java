package io.rowstream.rivals;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// A plain Spring Boot service with one entity, the rival of the benchmarks over HTTP.
@SpringBootApplication
public class MvcJpaService {
  /// `--server.port=… --spring.datasource.url=jdbc:postgresql://…` say where.
  public static void main(String[] arguments) {
    SpringApplication.run(MvcJpaService.class, arguments);
  }
}
