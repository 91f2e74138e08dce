package io.rowstream.rivals;

import org.jspecify.annotations.Nullable;

/// A contact as JSON.
record ContactBody(
    @Nullable String emailaddress1, @Nullable String jobtitle, @Nullable String description) {}
