package io.rowstream.query.app;

/// Who changed what: of a record, of all records, between two versions.
record AuditAnswers(ChangeHistories histories, Audits audits, Differences differences) {}
