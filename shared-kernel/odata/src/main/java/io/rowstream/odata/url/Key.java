package io.rowstream.odata.url;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.url.Lexer.Token;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands in parentheses after a set's name and picks one record.
public sealed interface Key {

  /// The most columns of an alternate key, as Dataverse has it.
  int COLUMNS_MAX = 16;

  /// `accounts(6f0d…)`
  record Id(UUID id) implements Key {}

  /// `accounts(accountnumber='A',_primarycontactid_value=6f0d…)`: an alternate key, or the primary
  /// key by its name.
  ///
  /// @param columns 1 to [#COLUMNS_MAX], in the order they were given; no value is null
  record Columns(SequencedMap<String, Literal> columns) implements Key {}

  /// The record's id, if that is what the key gives.
  ///
  /// @param primaryId the name of the column that holds it, such as `accountid`
  /// @return null if the key is an alternate key
  default @Nullable UUID idOr(String primaryId) {
    return switch (this) {
      case Id key -> key.id();
      case Columns key ->
          key.columns().size() == 1 && key.columns().get(primaryId) instanceof Literal.Guid guid
              ? guid.value()
              : null;
    };
  }

  /// Reads what stands between the parentheses.
  static Key parse(String text) {
    var lexer = new Lexer(text);
    if (lexer.token() == Token.LITERAL) {
      if (!(lexer.takeLiteral() instanceof Literal.Guid guid) || lexer.token() != Token.END) {
        throw BadRequest.query("A key is a guid or name=value pairs, not " + Quoted.of(text) + ".");
      }
      return new Id(guid.value());
    }
    SequencedMap<String, Literal> columns = new LinkedHashMap<>();
    do {
      String name = lexer.takeName();
      lexer.expect(Token.EQUALS, "'='");
      Literal value = lexer.takeLiteral();
      if (value instanceof Literal.Null || columns.put(name, value) != null) {
        throw BadRequest.query("Key column " + Quoted.of(name) + " is null or given twice.");
      }
    } while (columns.size() < COLUMNS_MAX && lexer.skip(Token.COMMA));
    lexer.expect(Token.END, "the end of the key");
    return new Columns(Collections.unmodifiableSequencedMap(columns));
  }
}
