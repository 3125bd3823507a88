-- Which wrapping key wrapped a data key: a digest that tells keys apart and nothing else. Null: by a writer who did not say.
alter table vault.tenant_key add column key_id text;
alter table vault.document_key add column key_id text;
