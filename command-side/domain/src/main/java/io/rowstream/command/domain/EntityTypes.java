package io.rowstream.command.domain;

import io.rowstream.language.entity.Definition;

/// The entity types commands are judged by, as far as they are known here.
public interface EntityTypes {
  Definition find(String name);
}
