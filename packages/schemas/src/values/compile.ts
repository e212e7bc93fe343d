import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { isRecord, recordAt } from '@orbweaver/contracts/json'
import type { ProtoField, ProtoFile } from './proto.ts'
import { asSailHasIt, noValues } from './sail-values.ts'

/**
 * One field: its type, its words, and 1 where Istio calls it deprecated. Types: `bool`, `string`, `int`, `number`,
 * `duration` (seconds, as protobuf's JSON has it), `goDuration`, `quantity`, `intOrString`, `object` (of which no more is
 * known), or the name of one of `types` or `enums`; `[]` after it is a list, `{}` a map from text.
 */
type Field = [type: string, doc: string] | [type: string, doc: string, deprecated: 1]

/** Values as Sail's kinds take them, which start at the type `Values`. */
export type CompiledValues = {
  types: Record<string, Record<string, Field>>
  /** Members by name, each with its words. */
  enums: Record<string, Record<string, string>>
  /** What the istiod chart gives where nothing is said. */
  defaults: JsonRecord
}

const scalars: Readonly<Record<string, string>> = {
  bool: 'bool',
  string: 'string',
  double: 'number',
  float: 'number',
  ...Object.fromEntries(['int32', 'uint32', 'int64', 'uint64'].map((each) => [each, 'int'])),
  'google.protobuf.BoolValue': 'bool',
  'google.protobuf.StringValue': 'string',
  'google.protobuf.DoubleValue': 'number',
  ...Object.fromEntries(['Int32', 'UInt32', 'Int64', 'UInt64'].map((each) => [`google.protobuf.${each}Value`, 'int'])),
  'google.protobuf.Struct': 'object',
  'google.protobuf.Value': 'object',
  'google.protobuf.Any': 'object',
}

/** What of Kubernetes' own types is looked into. */
const kubernetes: Readonly<Record<string, string>> = { IntOrString: 'intOrString', ResourceRequirements: 'Resources' }

/** `istio.operator.v1alpha1` → none, `istio.mesh.v1alpha1` → `mesh.`: short and without doubles. */
function prefixOf(packageName: string): string {
  const [, word = ''] = packageName.split('.')
  return word === 'operator' ? '' : `${word}.`
}

/** Makes one document of the files of one version. */
export function compileValues(files: readonly ProtoFile[], chart: JsonRecord): CompiledValues {
  const out: CompiledValues = { types: {}, enums: {}, defaults: defaultsOf(chart) }
  const names = new Set(files.flatMap((file) => [...namesOf(file)]))
  const owners = new Map(
    files.flatMap((file) => [...file.messages.keys()].map((name) => [keyOf(file, name), { file, name }])),
  )
  const enums = new Map(files.flatMap((file) => [...file.enums].map(([name, members]) => [keyOf(file, name), members])))
  const open = ['Values']
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const owner = owners.get(key)
    if (out.types[key] !== undefined) continue
    if (owner === undefined) throw new Error(`${key} is not among the files`)
    const fields: Record<string, Field> = {}
    out.types[key] = fields
    for (const field of owner.file.messages.get(owner.name) ?? []) {
      if (noValues.has(`${key}.${field.name}`)) continue
      const type = asSailHasIt[`${key}.${field.name}`] ?? typeOf(field, owner, names)
      fields[jsonName(owner.file, field.name)] = field.deprecated ? [type, field.doc, 1] : [type, field.doc]
      const base = baseOf(type)
      const members = enums.get(base)
      if (members !== undefined) out.enums[base] = Object.fromEntries(members)
      else if (owners.has(base)) open.push(base)
    }
  }
  out.enums.PullPolicy = { Always: '', IfNotPresent: '', Never: '' }
  return out
}

export function baseOf(type: string): string {
  return type.replace(/(\[\]|\{\})$/, '')
}

function keyOf(file: ProtoFile, name: string): string {
  return `${prefixOf(file.package)}${name}`
}

function* namesOf(file: ProtoFile): Generator<string> {
  for (const name of [...file.messages.keys(), ...file.enums.keys()]) yield keyOf(file, name)
}

type Owner = { file: ProtoFile; name: string }

function typeOf(field: ProtoField, { file, name }: Owner, names: ReadonlySet<string>): string {
  const mark = { one: '', list: '[]', map: '{}' }[field.form]
  const { type } = field
  if (type === 'google.protobuf.Duration')
    return `${file.package.includes('operator') ? 'goDuration' : 'duration'}${mark}`
  const scalar = type.startsWith('k8s.io.') ? (kubernetes[type.split('.').at(-1) ?? ''] ?? 'object') : scalars[type]
  if (scalar !== undefined) return `${scalar}${mark}`
  const known = candidates(type, file, name).find((each) => names.has(each))
  if (known === undefined) throw new Error(`${type} of ${name}.${field.name} is not among the files`)
  return `${asSailHasIt[known] ?? known}${mark}`
}

/** A name as protobuf looks it up: inner scopes first, then the package, then others by their whole name. */
function candidates(type: string, file: ProtoFile, inside: string): string[] {
  const scopes = inside.split('.').map((_, index, all) => all.slice(0, all.length - index).join('.'))
  const within = [...scopes.map((scope) => `${scope}.${type}`), type].map((each) => keyOf(file, each))
  const [, , , ...inner] = type.split('.')
  return type.startsWith('istio.') ? [`${prefixOf(type)}${inner.join('.')}`] : within
}

/** Values of the installation keep their names; mesh configuration is protobuf's JSON. */
function jsonName(file: ProtoFile, name: string): string {
  if (file.package.includes('operator')) return name
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The chart moves what is under `pilot` to its top (templates/zzz_profile.yaml), so its top holds the defaults of it. */
function defaultsOf(chart: JsonRecord): JsonRecord {
  const all = recordAt(chart, '_internal_defaults_do_not_set')
  const elsewhere = [
    'sidecarInjectorWebhook',
    'istiodRemote',
    'telemetry',
    'meshConfig',
    'experimental',
    'global',
    'base',
    'gatewayClasses',
  ]
  const unused = ['revision', 'revisionTags', 'ownerName', 'gateways', 'pdb', 'sidecarInjectorWebhookAnnotations']
  const out: JsonRecord = {}
  const pilot: JsonRecord = {}
  for (const [key, value] of Object.entries(all)) {
    if (elsewhere.includes(key)) out[key] = value
    else if (!unused.includes(key)) pilot[key] = value
  }
  // Of the build; a release has its own.
  const { hub: _hub, tag: _tag, ...global } = recordAt(out, 'global')
  const { hub: _ownHub, tag: _ownTag, ...istiod } = pilot
  return { ...out, global, pilot: istiod }
}

/** What turns one document into the other, by RFC 7386. */
export function patchBetween(from: JsonRecord, to: JsonRecord): JsonRecord {
  const patch: JsonRecord = {}
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [was, is]: (Json | undefined)[] = [from[key], to[key]]
    if (is === undefined) patch[key] = null
    else if (isRecord(was) && isRecord(is)) {
      const below = patchBetween(was, is)
      if (Object.keys(below).length > 0) patch[key] = below
    } else if (JSON.stringify(was) !== JSON.stringify(is)) patch[key] = is
  }
  return patch
}
