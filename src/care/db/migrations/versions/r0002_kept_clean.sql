CREATE TABLE forgotten (
  hash VARCHAR NOT NULL,
  whose VARCHAR NOT NULL,
  forgotten_on DATE NOT NULL,
  PRIMARY KEY (hash)
);;
CREATE INDEX ix_forgotten_whose ON forgotten (whose);;
CREATE TABLE layout (
  source VARCHAR NOT NULL,
  columns JSON NOT NULL,
  meanings JSON NOT NULL,
  PRIMARY KEY (source)
);;
CREATE TABLE origin (
  batch_id INTEGER NOT NULL,
  path VARCHAR NOT NULL,
  said JSON NOT NULL,
  PRIMARY KEY (batch_id),
  FOREIGN KEY(batch_id) REFERENCES batch (id)
);;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;;
CREATE TABLE duplicate (
  id INTEGER NOT NULL,
  one_id INTEGER NOT NULL,
  other_id INTEGER NOT NULL,
  reasons JSON NOT NULL,
  state VARCHAR NOT NULL,
  found_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(one_id) REFERENCES customer (id),
  FOREIGN KEY(other_id) REFERENCES customer (id)
);;
CREATE INDEX duplicate_open ON duplicate (found_at) WHERE state = 'open';;
CREATE INDEX ix_duplicate_other_id ON duplicate (other_id);;
CREATE UNIQUE INDEX duplicate_pair ON duplicate (one_id, other_id);;
CREATE TRIGGER journal_layout_insert AFTER INSERT ON "layout" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'layout', NEW."source", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_layout_update AFTER UPDATE ON "layout" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'layout', OLD."source", 'update', NULL, json_object('source', OLD."source", 'columns', OLD."columns", 'meanings', OLD."meanings"));
END;;
CREATE TRIGGER journal_layout_delete AFTER DELETE ON "layout" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'layout', OLD."source", 'delete', NULL, json_object('source', OLD."source", 'columns', OLD."columns", 'meanings', OLD."meanings"));
END;;
CREATE TRIGGER journal_duplicate_insert AFTER INSERT ON "duplicate" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'duplicate', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_duplicate_update AFTER UPDATE ON "duplicate" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'duplicate', OLD."id", 'update', NULL, json_object('id', OLD."id", 'one_id', OLD."one_id", 'other_id', OLD."other_id", 'reasons', OLD."reasons", 'state', OLD."state", 'found_at', OLD."found_at"));
END;;
CREATE TRIGGER journal_duplicate_delete AFTER DELETE ON "duplicate" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'duplicate', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'one_id', OLD."one_id", 'other_id', OLD."other_id", 'reasons', OLD."reasons", 'state', OLD."state", 'found_at', OLD."found_at"));
END;
