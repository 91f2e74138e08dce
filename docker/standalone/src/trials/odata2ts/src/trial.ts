import * as assert from "node:assert/strict";
import { FetchClient } from "./fetch-client";
import { RowstreamService } from "./rowstream/RowstreamService";
import { contact, Editablecontact } from "./rowstream/RowstreamModel";

const REPRESENTATION = { headers: { Prefer: "return=representation" } };

async function trial(root: string) {
  const rowstream = new RowstreamService(new FetchClient(), root);

  const tess: Editablecontact = { fullname: "Tess Typed", creditlimit: 12.5, donotemail: true };
  // @ts-expect-error what the service gives itself is not written
  const _given: Editablecontact = { versionnumber: 1 };
  // @ts-expect-error a number is not a text
  const _wrong: Editablecontact = { fullname: 1 };
  const created = await rowstream.contacts().create(tess, REPRESENTATION);
  const made: contact = created.data;
  const read = { headers: { "If-Match": created.headers.etag } };

  const patched = await rowstream.contacts(made.contactid).patch({ jobtitle: "CTO" }, read);
  await assert.rejects(rowstream.contacts(made.contactid).patch({ jobtitle: "CEO" }, read), /412 .*0x80060882/);
  const one = await rowstream
    .contacts(made.contactid)
    .query((builder) => builder.select("fullname", "jobtitle", "creditlimit").expand("createdby"));
  assert.equal(one.data.jobtitle, "CTO");
  assert.equal(one.data.creditlimit, 12.5);
  assert.equal(one.data.createdby?.fullname, "Ada Admin");

  const position = patched.headers["rowstream-position"];
  const list = await rowstream
    .contacts()
    .query(
      (builder, q) =>
        builder
          .filter(q.fullname.startsWith("Tess"), q.createdon.gt("2020-01-01T00:00:00Z"))
          .orderBy(q.fullname.asc())
          .count()
          .top(5),
      { headers: { "Rowstream-Min-Position": position } }
    );
  assert.equal(list.data["@odata.count"], 1);
  assert.equal(list.data.value[0].contactid, made.contactid);

  const account = (await rowstream.accounts().create({ name: "Typed Ltd" }, REPRESENTATION)).data;
  const employer = { "parentcustomerid_account@odata.bind": `accounts(${account.accountid})` };
  await rowstream.contacts(made.contactid).patch(employer as Partial<Editablecontact>);
  const found = await rowstream.contacts(made.contactid).parentcustomerid_account().query();
  assert.equal(found.data.name, "Typed Ltd");

  assert.equal((await rowstream.WhoAmI()).data.UserId, "11111111-1111-4111-8111-111111111111");
  const counted = await rowstream.RetrieveTotalRecordCount({ EntityNames: ["contact"] });
  assert.deepEqual(counted.data.EntityRecordCountCollection.Keys, ["contact"]);

  await rowstream.contacts(made.contactid).delete();
  await assert.rejects(rowstream.contacts(made.contactid).query(), /404 .*0x80040217/);
}

trial(process.argv[2]).catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
