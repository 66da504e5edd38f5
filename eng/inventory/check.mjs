// Reads an inventory with DuckDB and hyparquet: node check.mjs FOLDER KEYS SUMMARY
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const [folder, keys, summaryFile] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith(".parquet")).sort().map((name) => join(folder, name));
const connection = await (await DuckDBInstance.create()).connect();
const query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects()[0];
const all = `read_parquet('${folder}/*.parquet', filename = true, file_row_number = true)`;
const failures = [];
const equal = (what, actual, expected) => {
  if (String(actual) !== String(expected)) failures.push(`${what}: ${actual}, not ${expected}`);
};

const sums = await query(`select count(*) as rows, count(distinct key) as keys, sum(size) as bytes, count(distinct storage_class) as classes from ${all}`);
equal("rows", sums.rows, keys);
equal("distinct keys", sums.keys, keys);
// Text is compared by the bytes of UTF-8.
const order = await query(`select count(*) as wrong from (select encode(key) <= lag(encode(key)) over (partition by filename order by file_row_number) as wrong from ${all}) where wrong`);
equal("rows out of order", order.wrong, 0);
const summary = JSON.parse(readFileSync(summaryFile));
equal("objects of the summary", summary.objects, keys);
equal("bytes of the summary", summary.bytes, sums.bytes);
for (const { commonPrefix, objects, bytes } of summary.tree) {
  const part = await query(`select count(*) as rows, sum(size) as bytes from ${all} where starts_with(key, '${commonPrefix.replaceAll("'", "''")}')`);
  equal(`objects in ${commonPrefix}`, objects, part.rows);
  equal(`bytes in ${commonPrefix}`, bytes, part.bytes);
}

let rows = 0;
for (const file of files) {
  const content = readFileSync(file);
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
  const objects = await parquetReadObjects({ file: buffer, compressors, columns: ["key", "size", "last_modified_date"] });
  rows += objects.length;
  if (!(objects[0].last_modified_date instanceof Date)) failures.push("last_modified_date is not a time");
}
equal("rows by hyparquet", rows, keys);

const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
console.log(`${files.length} files, ${(bytes / rows).toFixed(1)} bytes a row, ${sums.bytes} bytes of objects, ${sums.classes} storage classes`);
failures.forEach((failure) => console.error(failure));
process.exit(failures.length > 0 ? 1 : 0);
