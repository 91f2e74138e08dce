/// Tests of the rules, without a database.
@NullMarked
package io.rowstream.command.domain;

import org.jspecify.annotations.NullMarked;
