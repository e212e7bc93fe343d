import { type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { type StructureFault, structureFaults } from '../../validation/structure.ts'
import { kindKey, kindOf } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { valueAt } from './spots.ts'
import { unserved, unservedVersion, type Versions } from './version.ts'
import { SHAPES } from './ways/shapes.ts'

const refused: Omit<Code, 'code'> = { severity: 'rejected', istio: 'rejects' }

const codes: Readonly<Record<StructureFault['what'], Code>> = {
  'type-wrong': { ...refused, code: 'schema.type-wrong' },
  'value-unknown': { ...refused, code: 'schema.value-unknown' },
  'field-missing': { ...refused, code: 'schema.field-missing' },
  'field-unknown': { code: 'schema.field-unknown', severity: 'warning', istio: 'ignores' },
  'value-unfit': { ...refused, code: 'schema.value-unfit' },
  'choice-wrong': { ...refused, code: 'schema.choice-wrong' },
  'item-twice': { ...refused, code: 'schema.item-twice' },
  'rule-broken': { ...refused, code: 'schema.rule-broken' },
}

/**
 * What an API server refuses or drops by the schemas of these definitions, before istiod sees an object. istioctl analyze
 * does not look at them, so no finding carries a code of its. Definitions are large: whoever has them asks for this judge.
 */
export function structureJudge(definitions: readonly KubernetesObject[]): Judge {
  const byKind = new Map(
    definitions.map(
      (each) => [kindOfDefinition(each), { name: each.metadata.name, schemas: schemasOf(each) }] as const,
    ),
  )
  return {
    says: [...Object.values(codes), unserved],
    kinds: [...byKind.keys()],
    judge(subject) {
      const { version } = splitApiVersion(subject.object.apiVersion)
      const known = byKind.get(kindOf(subject.object))
      const schema = known?.schemas.get(version)
      if (known === undefined) return []
      if (schema === undefined) return unservedVersion(subject, versionsOf(subject.object, known))
      return faultsOf(subject.object, schema).map((fault) => say(subject, fault))
    },
  }
}

type Known = { name: string; schemas: ReadonlyMap<string, JsonRecord> }

function versionsOf(object: KubernetesObject, { name, schemas }: Known): Versions {
  const fits = (version: string) => {
    const schema = schemas.get(version)
    return schema !== undefined && faultsOf(object, schema).length === 0
  }
  return { definition: name, known: [...schemas.keys()], fits }
}

function faultsOf(object: KubernetesObject, schema: JsonRecord): StructureFault[] {
  const { metadata: _, ...body } = object
  return structureFaults({ value: body, schema, pointer: '' })
}

function kindOfDefinition(definition: KubernetesObject): string {
  const group = textAt(definition, 'spec', 'group') ?? ''
  return kindKey({ group, kind: textAt(definition, 'spec', 'names', 'kind') ?? '' })
}

/** By version; every object has apiVersion and kind, whatever its definition says. */
function schemasOf(definition: KubernetesObject): ReadonlyMap<string, JsonRecord> {
  const text = { type: 'string' }
  const entries = listAt(definition, 'spec', 'versions').map((version) => {
    const schema = recordAt(version, 'schema', 'openAPIV3Schema')
    const properties = { apiVersion: text, kind: text, ...recordAt(schema, 'properties') }
    return [textAt(version, 'name') ?? '', { ...schema, properties }] as const
  })
  return new Map(entries)
}

function say(subject: Subject, fault: StructureFault): Finding {
  const { what, pointer, params, known = [] } = fault
  const { object } = subject
  const ways = SHAPES[what]({ object, pointer, params, known, value: valueAt(object, pointer) })
  return found(subject, codes[what], { pointer, params, fixes: ways.map((way) => fix(subject, way, way.operations)) })
}
