// Queries as odata-query writes them, sent as a browser would.
'use strict';
const assert = require('node:assert/strict');
const { default: buildQuery } = require('odata-query');

const CONTACTS = globalThis.serviceUrl + 'api/data/v9.2/contacts';
const get = async (path, headers = {}) => {
  const answer = await fetch(CONTACTS + path, { headers });
  return { status: answer.status, body: await answer.json() };
};

// Creates contacts only this trial knows and gives the header that makes lists include them.
const crowd = async (...people) => {
  let position;
  for (const person of people) {
    const answer = await fetch(CONTACTS, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(person) });
    assert.equal(answer.status, 204);
    position = answer.headers.get('Rowstream-Position');
  }
  return { 'Rowstream-Min-Position': position };
};
const names = async (jobtitle, headers, filter, more = {}) => {
  const query = buildQuery({
    select: ['fullname'], orderBy: 'fullname', filter: { and: [{ jobtitle }, filter] }, ...more });
  const { status, body } = await get(query, headers);
  assert.equal(status, 200, JSON.stringify(body));
  return body.value.map((each) => each.fullname).join(' ');
};

exports.filters_compare_every_type = async () => {
  const job = "compare 'n' {all} <types>";
  const when = new Date('2026-11-21T10:00:00Z');
  const headers = await crowd(
    { fullname: 'Ann', jobtitle: job, creditlimit: 10, donotemail: true, birthdate: when },
    { fullname: 'Bob', jobtitle: job, creditlimit: 20.5, donotemail: false, statecode: 1 },
    { fullname: 'Cid', jobtitle: job });
  const { body } = await get(buildQuery({ filter: { jobtitle: job, fullname: 'Ann' } }), headers);
  const ann = body.value[0].contactid;

  for (const [filter, expected] of [
    [{ fullname: 'Bob' }, 'Bob'],
    [{ fullname: { ne: 'Bob' } }, 'Ann Cid'],
    [{ fullname: { in: ['Ann', 'Cid', 'Zed'] } }, 'Ann Cid'],
    [{ creditlimit: { gt: 10 } }, 'Bob'],
    [{ creditlimit: { ge: 10, le: 20 } }, 'Ann'],
    [{ creditlimit: null }, 'Cid'],
    [{ creditlimit: { ne: null } }, 'Ann Bob'],
    [{ donotemail: true }, 'Ann'],
    [{ statecode: 1 }, 'Bob'],
    [{ birthdate: when }, 'Ann'],
    [{ birthdate: { lt: when } }, ''],
    [{ contactid: { type: 'guid', value: ann } }, 'Ann'],
    [{ contactid: { ne: { type: 'guid', value: ann } } }, 'Bob Cid'],
    [{ fullname: { contains: 'i' } }, 'Cid'],
    [{ fullname: { startswith: 'b' } }, 'Bob'],
    [{ fullname: { endswith: 'n' } }, 'Ann'],
    [{ not: { fullname: { contains: 'n' } } }, 'Bob Cid'],
    [{ or: [{ fullname: 'Ann' }, { creditlimit: { gt: 15 } }] }, 'Ann Bob'],
    ["fullname eq 'Ann' or fullname eq 'Bob'", 'Ann Bob'],
  ]) {
    assert.equal(await names(job, headers, filter), expected, JSON.stringify(filter));
  }
};

exports.lists_are_cut_ordered_and_counted = async () => {
  const job = 'cut & ordered #1';
  const headers = await crowd(
    { fullname: 'Ann', jobtitle: job }, { fullname: 'Cid', jobtitle: job },
    { fullname: 'Bob', jobtitle: job });

  assert.equal(await names(job, headers, {}, { orderBy: ['fullname desc'], top: 2 }), 'Cid Bob');
  const counted = await get(
    buildQuery({ filter: { jobtitle: job }, count: true, top: 0 }), headers);
  assert.equal(counted.body['@odata.count'], 3);
};

exports.a_record_is_read_by_its_key = async () => {
  const headers = await crowd({ fullname: 'Ann', jobtitle: 'keyed' });
  const { body } = await get(buildQuery({ filter: { jobtitle: 'keyed' } }), headers);
  const id = body.value[0].contactid;

  const one = await get(
    buildQuery({ key: { type: 'guid', value: id }, select: ['fullname'] }));
  assert.equal(one.body.fullname, 'Ann');
};

exports.what_is_not_supported_is_refused = async () => {
  for (const query of [{ skip: 1 }, { search: 'x' }, { format: 'xml' }]) {
    const { status, body } = await get(buildQuery(query));
    assert.equal(status, 400);
    assert.equal(body.error.code, '0x80060888');
  }
};
