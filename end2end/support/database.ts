import { randomBytes } from "node:crypto";
import pg from "pg";

export interface Database {
  url: string;
  drop: () => Promise<void>;
}

/** A fresh database of its own on the cluster that `TEST_POSTGRES_URL` names. */
export async function freshPostgres(): Promise<Database> {
  const cluster = process.env["TEST_POSTGRES_URL"];
  if (cluster === undefined) {
    throw new Error("TEST_POSTGRES_URL is not set: run the tests through `cargo xtask test`");
  }
  const name = `browser_${randomBytes(8).toString("hex")}`;
  await onCluster(cluster, `create database ${name}`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onCluster(cluster, `drop database if exists ${name} with (force)`),
  };
}

async function onCluster(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
