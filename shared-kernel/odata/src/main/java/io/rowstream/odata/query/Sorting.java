package io.rowstream.odata.query;

import io.rowstream.odata.column.Column;

/// One column a list is sorted by.
public record Sorting(Column column, boolean descending) {}
