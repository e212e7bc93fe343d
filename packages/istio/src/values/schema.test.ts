import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { effectOf } from '../meshes/effects.ts'
import { everySetting } from '../meshes/settings.ts'
import { valuesDigest, valuesJson } from './generated/values-schema.ts'
import { ownerOf } from './owned.ts'
import { fieldsOf, loadValues, type ValuesSchema } from './schema.ts'

const { minors, of } = await loadValues()

function schemaOf(version: string): ValuesSchema {
  const schema = of(version)
  if (schema === undefined) throw new Error(`no values of ${version}`)
  return schema
}

describe('the generated values', () => {
  it('are as they were written', () => {
    expect(createHash('sha256').update(valuesJson).digest('hex')).toBe(valuesDigest)
  })

  it('are those of every minor that is supported', () => {
    expect(minors).toEqual(['1.27', '1.28', '1.29', '1.30', '1.31'])
    expect(of('v1.30.3')?.minor).toBe('1.30')
    expect(of('v1.31.0-beta.1')?.minor).toBe('1.31')
    expect(of('v1.32.0-alpha.527f8d6c')).toBeUndefined()
    expect(of('master')).toBeUndefined()
  })

  it.each(minors)('resolve every type in %s', (minor) => {
    const schema = schemaOf(`v${minor}.0`)
    const fields = fieldsOf(schema)
    expect(fields.length).toBeGreaterThan(200)
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length)
    const records = fields.flatMap(({ type }) => {
      const inner = type.form === 'list' || type.form === 'map' ? type.of : type
      return inner.form === 'record' ? [inner.name] : []
    })
    expect(records.filter((name) => schema.types[name] === undefined)).toEqual([])
  })

  it('have type, words, default and whether they are deprecated', () => {
    const fields = new Map(fieldsOf(schemaOf('v1.30.3')).map((field) => [field.path, field]))
    expect(fields.get('meshConfig.enablePrometheusMerge')).toMatchObject({ type: { form: 'bool' }, default: true })
    expect(fields.get('meshConfig.protocolDetectionTimeout')?.type).toEqual({ form: 'duration' })
    expect(fields.get('pilot.keepaliveMaxServerConnectionAge')).toMatchObject({
      type: { form: 'goDuration' },
      default: '30m',
    })
    expect(fields.get('pilot.env')?.type).toEqual({ form: 'map', of: { form: 'string' } })
    expect(fields.get('pilot.resources.requests')).toMatchObject({
      type: { form: 'map', of: { form: 'quantity' } },
      default: { cpu: '500m', memory: '2048Mi' },
    })
    expect(fields.get('meshConfig.defaultConfig.concurrency')?.doc).toContain('worker threads')
    expect(fields.get('global.arch.amd64')).toBeDefined()
    expect(fields.get('pilot.tolerations')?.deprecated).toBe(true)
    expect(fields.get('meshConfig.accessLogEncoding')?.type).toMatchObject({
      form: 'choice',
      members: { TEXT: 'text encoding for the proxy access log', JSON: 'json encoding for the proxy access log' },
    })
  })

  it('know what a patch brought, and nothing that Sail does not take', () => {
    const paths = (version: string) => fieldsOf(schemaOf(version)).map(({ path }) => path)
    expect(paths('v1.30.3')).toContain('pilot.taint.name')
    expect(paths('v1.29.6')).not.toContain('pilot.taint.name')
    expect(paths('v1.30.3').filter((path) => /^(cni|gateways|ztunnel|revisionTags|ownerName)\b/.test(path))).toEqual([])
  })

  it('know every value that a setting of a mesh writes', () => {
    const paths = fieldsOf(schemaOf('v1.30.3')).map(({ path }) => path)
    const written = everySetting.flatMap(({ setting: { to } }) => (to === undefined ? [] : [to]))
    const unknown = written.filter(
      (to) => !paths.some((path) => path === to || to.startsWith(`${path}.`) || path.startsWith(`${to}.`)),
    )
    expect(unknown).toEqual([])
  })

  it('have a rule of when they take effect, unless it is the mesh that decides them or no template of the chart reads them', () => {
    const without = fieldsOf(schemaOf('v1.31.0')).filter(
      ({ path }) => effectOf(path).source === '' && ownerOf(path) === undefined,
    )
    expect(without.map(({ path }) => path)).toEqual([
      'base.excludedCRDs',
      'compatibilityVersion',
      ...['amd64', 'arm64', 'ppc64le', 's390x'].map((each) => `global.arch.${each}`),
      'global.defaultNodeSelector',
      'global.defaultTolerations',
      'global.jwtPolicy',
      'global.omitSidecarInjectorConfigMap',
      'global.podDNSSearchNamespaces',
      'global.resourceScope',
      'global.revision',
    ])
  })
})
