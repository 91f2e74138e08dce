/// The rules: what a command does to a record, to several records at once, or to an entity type.
@NullMarked
package io.rowstream.command.domain;

import org.jspecify.annotations.NullMarked;
