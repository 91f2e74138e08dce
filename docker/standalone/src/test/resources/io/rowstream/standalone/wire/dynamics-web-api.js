// What a user of dynamics-web-api does, and what the client makes of the service's answers.
'use strict';
const assert = require('node:assert/strict');
const { randomUUID } = require('node:crypto');
const { DynamicsWebApi } = require('dynamics-web-api');

const BEA = '22222222-2222-4222-8222-222222222222';
const api = new DynamicsWebApi({ serverUrl: globalThis.serviceUrl, dataApi: { version: '9.2' } });
const contacts = { collection: 'contacts' };
const create = (data) => api.create({ ...contacts, data });
const retrieve = (key, more) => api.retrieve({ ...contacts, key, ...more });
const etagOf = async (key) => (await retrieve(key))['@odata.etag'];
const refusal = (status, code) => (error) => {
  assert.equal(error.status, status);
  assert.equal(error.code, code);
  assert.ok(error.message);
  return true;
};

// Creates contacts only this trial knows; lists have them at once.
const crowd = async (jobtitle, names) => {
  for (const fullname of names) await create({ fullname, jobtitle });
  const { oDataCount } = await api.retrieveMultiple({
    ...contacts, filter: `jobtitle eq '${jobtitle.replaceAll("'", "''")}'`, count: true, top: 1 });
  assert.equal(oDataCount, names.length);
};

exports.creates_a_record_and_reads_what_it_selects = async () => {
  const id = await create({ fullname: 'Nancy', jobtitle: 'Büyer 中', creditlimit: 12.5 });

  assert.match(id, /^[0-9a-f-]{36}$/);
  const read = await retrieve(id, { select: ['fullname', 'jobtitle', 'createdon'] });
  assert.equal(read.jobtitle, 'Büyer 中');
  assert.ok(read.createdon instanceof Date);
  assert.equal(read.creditlimit, undefined);
  assert.equal(read['@odata.etag'], 'W/"0"');
};

exports.creates_with_a_representation = async () => {
  const contact = await api.create({
    ...contacts, data: { fullname: 'Zoe' }, returnRepresentation: true, select: ['fullname'] });

  assert.equal(contact.fullname, 'Zoe');
  assert.match(contact.contactid, /^[0-9a-f-]{36}$/);
};

exports.expands_what_a_record_refers_to_and_who_modified_it = async () => {
  const account = await api.create({ collection: 'accounts', data: { name: 'Nautilus' } });
  const id = await create({
    fullname: 'Nancy', 'parentcustomerid_account@odata.bind': `accounts(${account})` });

  const read = await retrieve(id, {
    select: ['modifiedon'],
    expand: [
      { property: 'modifiedby', select: ['fullname'] },
      { property: 'parentcustomerid_account', select: ['name'] }] });
  assert.ok(read.modifiedon instanceof Date);
  assert.equal(read.modifiedby.fullname, 'Ada Admin');
  assert.equal(read.parentcustomerid_account.name, 'Nautilus');
  const parent = await retrieve(id, {
    navigationProperty: 'parentcustomerid_account', select: ['name'] });
  assert.equal(parent.name, 'Nautilus');
};

exports.updates_by_default_what_exists = async () => {
  const id = await create({ fullname: 'Nancy' });

  assert.equal(await api.update({ ...contacts, key: id, data: { jobtitle: 'CTO' } }), true);
  assert.equal((await retrieve(id)).jobtitle, 'CTO');
  await assert.rejects(
    api.update({ ...contacts, key: randomUUID(), data: { jobtitle: 'CTO' } }),
    refusal(404, '0x80040217'));
};

exports.updates_only_the_version_it_has_read = async () => {
  const id = await create({ fullname: 'Nancy' });
  const ifmatch = await etagOf(id);
  const update = (jobtitle) => api.update({ ...contacts, key: id, data: { jobtitle }, ifmatch });

  assert.equal(await update('CTO'), true);
  assert.equal(await update('CEO'), false);
  assert.equal((await retrieve(id)).jobtitle, 'CTO');
};

exports.updates_with_a_representation = async () => {
  const id = await create({ fullname: 'Nancy' });

  const updated = await api.update({
    ...contacts, key: id, data: { jobtitle: 'CTO' }, returnRepresentation: true });
  assert.equal(updated.jobtitle, 'CTO');
  assert.equal(updated['@odata.etag'], 'W/"1"');
};

exports.upserts = async () => {
  const id = randomUUID();
  const upsert = (data, more) => api.upsert({ ...contacts, key: id, data, ...more });

  assert.equal(await upsert({ fullname: 'A' }, { ifmatch: '*' }), null);
  assert.equal(await upsert({ fullname: 'B' }), id);
  assert.equal(await upsert({ fullname: 'C' }), id);
  assert.equal(await upsert({ fullname: 'D' }, { ifnonematch: '*' }), null);
  assert.equal(await upsert({ fullname: 'E' }, { ifmatch: '*' }), id);
  await assert.rejects(upsert({ fullname: 'F' }, { ifmatch: 'W/"0"' }), refusal(412, '0x80060882'));
  assert.equal((await retrieve(id)).fullname, 'E');
};

exports.updates_and_clears_a_single_property = async () => {
  const id = await create({ fullname: 'Nancy', jobtitle: 'Buyer' });

  await api.updateSingleProperty({ ...contacts, key: id, fieldValuePair: { jobtitle: 'CEO' } });
  assert.equal((await retrieve(id)).jobtitle, 'CEO');
  await api.deleteRecord({ ...contacts, key: id, property: 'jobtitle' });
  assert.equal((await retrieve(id)).jobtitle, null);
};

exports.deletes = async () => {
  const id = await create({ fullname: 'Nancy' });
  const ifmatch = await etagOf(id);
  await api.update({ ...contacts, key: id, data: { jobtitle: 'CTO' } });

  assert.equal(await api.deleteRecord({ ...contacts, key: id, ifmatch }), false);
  assert.equal((await retrieve(id)).jobtitle, 'CTO');
  await api.deleteRecord({ ...contacts, key: id });
  await assert.rejects(retrieve(id), refusal(404, '0x80040217'));
};

exports.reads_only_what_is_newer = async () => {
  const id = await create({ fullname: 'Nancy' });
  const ifnonematch = await etagOf(id);

  assert.equal(await retrieve(id, { ifnonematch }), undefined);
  await api.update({ ...contacts, key: id, data: { jobtitle: 'CTO' } });
  assert.equal((await retrieve(id, { ifnonematch })).jobtitle, 'CTO');
};

exports.lists_filtered_ordered_and_counted = async () => {
  await crowd("O'Neil & Søns {list}", ['Ann', 'Cid', 'Bob']);

  const list = await api.retrieveMultiple({
    ...contacts,
    select: ['fullname'],
    filter: "jobtitle eq 'O''Neil & Søns {list}' and not contains(fullname,'zz')",
    orderBy: ['fullname desc'],
    top: 2,
    count: true });
  assert.deepEqual(list.value.map((each) => each.fullname), ['Cid', 'Bob']);
  assert.equal(list.oDataCount, 3);
};

exports.goes_from_page_to_page = async () => {
  const names = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'];
  await crowd('pages', names);
  const request = {
    ...contacts,
    select: ['fullname'],
    filter: "jobtitle eq 'pages'",
    orderBy: ['fullname'],
    maxPageSize: 2 };

  const first = await api.retrieveMultiple(request);
  assert.deepEqual(first.value.map((each) => each.fullname), ['Ann', 'Bob']);
  const second = await api.retrieveMultiple(request, first.oDataNextLink);
  assert.deepEqual(second.value.map((each) => each.fullname), ['Cid', 'Dan']);
  const all = await api.retrieveAll(request);
  assert.deepEqual(all.value.map((each) => each.fullname), names);
};

exports.counts = async () => {
  await crowd('counted', ['Ann', 'Bob']);

  assert.ok(await api.count(contacts) >= 2);
  assert.equal(await api.count({ ...contacts, filter: "jobtitle eq 'counted'" }), 2);
  assert.equal(
    await api.countAll({ ...contacts, filter: "jobtitle eq 'counted'", select: ['fullname'] }), 2);
};

exports.acts_for_another_user = async () => {
  assert.equal((await api.callFunction({ name: 'WhoAmI', impersonate: BEA })).UserId, BEA);
  await assert.rejects(
    api.callFunction({ name: 'WhoAmI', impersonate: randomUUID() }), refusal(403, '0x80040220'));
};

exports.is_told_what_was_wrong = async () => {
  await assert.rejects(create({ nosuch: 1 }), refusal(400, '0x80048d19'));
  await assert.rejects(create({ jobtitle: 'x'.repeat(101) }), refusal(400, '0x80044331'));
  await assert.rejects(
    api.retrieveMultiple({ ...contacts, filter: 'nosuch eq 1' }), refusal(400, '0x80060888'));
  await assert.rejects(
    api.retrieveMultiple({ collection: 'nosuches' }), refusal(404, '0x80060888'));
};

const label = (text) => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.Label',
  LocalizedLabels: [{
    '@odata.type': 'Microsoft.Dynamics.CRM.LocalizedLabel', Label: text, LanguageCode: 1033 }] });
const text = (schemaName, more) => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
  AttributeType: 'String',
  AttributeTypeName: { Value: 'StringType' },
  SchemaName: schemaName,
  DisplayName: label(schemaName),
  Description: label('What it is'),
  RequiredLevel: { Value: 'None', CanBeChanged: true, ManagedPropertyLogicalName: 'canmodify' },
  FormatName: { Value: 'Text' },
  MaxLength: 100,
  ...more });
const entity = (schemaName) => api.createEntity({
  data: {
    '@odata.type': 'Microsoft.Dynamics.CRM.EntityMetadata',
    SchemaName: schemaName,
    DisplayName: label('Bank Account'),
    DisplayCollectionName: label('Bank Accounts'),
    Description: label('What a customer has'),
    OwnershipType: 'UserOwned',
    IsActivity: false,
    HasActivities: false,
    HasNotes: false,
    Attributes: [text('new_AccountName', { IsPrimaryName: true })] } });

exports.defines_an_entity_and_uses_it = async () => {
  const id = await entity('new_BankAccount');

  const definition = await api.retrieveEntity({
    key: id, select: ['LogicalName', 'EntitySetName', 'PrimaryNameAttribute'] });
  assert.equal(definition.LogicalName, 'new_bankaccount');
  assert.equal(definition.EntitySetName, 'new_bankaccounts');
  assert.equal(definition.PrimaryNameAttribute, 'new_accountname');
  const account = { collection: 'new_bankaccounts' };
  const key = await api.create({ ...account, data: { new_accountname: 'Savings' } });
  assert.equal((await api.retrieve({ ...account, key })).new_accountname, 'Savings');
  await assert.rejects(entity('new_BankAccount'), refusal(412, '0x80040237'));
};

exports.changes_an_entity_it_has_read = async () => {
  const id = await entity('new_Ledger');

  const data = await api.retrieveEntity({ key: id });
  data.ChangeTrackingEnabled = false;
  data.DisplayName.LocalizedLabels[0].Label = 'Book';
  assert.equal(await api.updateEntity({ data, mergeLabels: true }), true);
  const read = await api.retrieveEntity({ key: "LogicalName='new_ledger'" });
  assert.equal(read.ChangeTrackingEnabled, false);
  assert.equal(read.DisplayName.UserLocalizedLabel.Label, 'Book');
};

exports.adds_and_changes_attributes = async () => {
  const castType = 'Microsoft.Dynamics.CRM.StringAttributeMetadata';
  const entityKey = await entity('new_Card');

  const attributeKey = await api.createAttribute({ entityKey, data: text('new_Number') });
  const data = await api.retrieveAttribute({ entityKey, attributeKey, castType });
  assert.equal(data.LogicalName, 'new_number');
  data.MaxLength = 19;
  assert.equal(await api.updateAttribute({ entityKey, data, castType }), true);
  const list = await api.retrieveAttributes({ entityKey, castType, select: ['MaxLength'] });
  assert.ok(list.value.some((each) => each.MaxLength === 19));
  await assert.rejects(
    api.createAttribute({ entityKey, data: text('new_Number') }), refusal(412, '0x80040237'));
};

exports.relates_entities = async () => {
  await entity('new_Bank');
  await entity('new_Branch');

  const key = await api.createRelationship({
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
      SchemaName: 'new_Bank_Branches',
      ReferencedEntity: 'new_bank',
      ReferencedAttribute: 'new_bankid',
      ReferencingEntity: 'new_branch',
      CascadeConfiguration: {
        Assign: 'Cascade', Delete: 'RemoveLink', Merge: 'Cascade', Reparent: 'Cascade' },
      Lookup: {
        '@odata.type': 'Microsoft.Dynamics.CRM.LookupAttributeMetadata',
        AttributeType: 'Lookup',
        AttributeTypeName: { Value: 'LookupType' },
        SchemaName: 'new_ParentId',
        DisplayName: label('Bank') } } });
  const data = await api.retrieveRelationship({ key });
  assert.equal(data.SchemaName, 'new_Bank_Branches');
  data.CascadeConfiguration.Delete = 'Cascade';
  assert.equal(await api.updateRelationship({ data }), true);

  const bank = await api.create({ collection: 'new_banks', data: { new_accountname: 'B' } });
  const branch = await api.create({
    collection: 'new_branches',
    data: { new_accountname: 'b', 'new_parentid@odata.bind': `new_banks(${bank})` } });
  await api.deleteRecord({ collection: 'new_banks', key: bank });
  await assert.rejects(
    api.retrieve({ collection: 'new_branches', key: branch }), refusal(404, '0x80040217'));
  await api.deleteRelationship({ key });
  await assert.rejects(api.retrieveRelationship({ key }), refusal(404, '0x80060888'));
};

const option = (Value, text) => ({ Value, Label: label(text) });
const optionSet = (Name, Options) => api.createGlobalOptionSet({
  data: {
    '@odata.type': 'Microsoft.Dynamics.CRM.OptionSetMetadata',
    Name,
    DisplayName: label(Name),
    IsCustomOptionSet: true,
    IsGlobal: true,
    OptionSetType: 'Picklist',
    Options } });

exports.shares_the_options_of_a_global_option_set = async () => {
  const castType = 'Microsoft.Dynamics.CRM.OptionSetMetadata';
  const key = await optionSet('new_Currency', [option(1, 'Krone'), option(null, 'Mark')]);
  const entityKey = await entity('new_Purse');
  const attributeKey = await api.createAttribute({
    entityKey,
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      SchemaName: 'new_In',
      DisplayName: label('In'),
      'GlobalOptionSet@odata.bind': `/GlobalOptionSetDefinitions(${key})` } });

  const data = await api.retrieveGlobalOptionSet({ key, castType });
  assert.deepEqual(data.Options.map((each) => each.Value), [1, 100000000]);
  data.DisplayName = label('Coin');
  data.Options.push(option(2, 'Euro'));
  assert.equal(await api.updateGlobalOptionSet({ data, castType }), true);
  assert.equal(await api.updateGlobalOptionSet({ data, ifmatch: 'W/"0"' }), false);
  const read = await api.retrieveGlobalOptionSet({ key: "Name='new_Currency'", select: ['Name'] });
  assert.equal(read.MetadataId, key);
  const list = await api.retrieveGlobalOptionSets({ castType, select: ['Name', 'Options'] });
  assert.equal(list.value.find((each) => each.Name === 'new_Currency').Options.length, 3);
  const attribute = await api.retrieveAttribute({
    entityKey,
    attributeKey,
    castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
    select: ['LogicalName'],
    expand: [{ property: 'GlobalOptionSet', select: ['Name'] }, { property: 'OptionSet' }] });
  assert.equal(attribute.GlobalOptionSet.Name, 'new_Currency');
  assert.equal(attribute.OptionSet.Options.length, 3);

  const { NewOptionValue } = await api.callAction({
    actionName: 'InsertOptionValue',
    action: { OptionSetName: 'new_Currency', Label: label('Franc') } });
  const purses = { collection: 'new_purses' };
  const purse = await api.create({ ...purses, data: { new_in: NewOptionValue } });
  const held = await api.retrieve({ ...purses, key: purse, includeAnnotations: '*' });
  assert.equal(held['new_in@OData.Community.Display.V1.FormattedValue'], 'Franc');
  await assert.rejects(api.deleteGlobalOptionSet({ key }), refusal(400, '0x8004f01f'));
};

exports.deletes_a_global_option_set_nobody_uses = async () => {
  const key = await optionSet('new_Unused', []);

  await api.deleteGlobalOptionSet({ key });
  await assert.rejects(api.retrieveGlobalOptionSet({ key }), refusal(404, '0x80060888'));
  await assert.rejects(api.deleteGlobalOptionSet({ key }), refusal(404, '0x80040217'));
};
