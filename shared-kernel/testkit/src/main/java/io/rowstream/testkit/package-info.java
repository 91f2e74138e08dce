/// What tests of every module share: PostgreSQL servers, faults, races, time and chance.
@NullMarked
package io.rowstream.testkit;

import org.jspecify.annotations.NullMarked;
