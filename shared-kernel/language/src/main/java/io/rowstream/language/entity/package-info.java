/// Entity types: the attributes a kind of record has and the policies that hold for it.
@NullMarked
package io.rowstream.language.entity;

import org.jspecify.annotations.NullMarked;
