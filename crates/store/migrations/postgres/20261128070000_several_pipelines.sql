-- A program has one pipeline or several: a rule says which deals enter which. What stands here is one pipeline.

-- Empty: the first pipeline, which every program has.
ALTER TABLE stages ADD COLUMN pipeline_id UUID;
-- JSON: the name of the first pipeline, and the names and rules of the others in the order in which they are asked.
ALTER TABLE programs ADD COLUMN pipelines TEXT NOT NULL DEFAULT '{}';
