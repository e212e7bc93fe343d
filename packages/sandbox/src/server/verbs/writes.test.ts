import { at, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { ask, change, deployment, testServer } from '../testing/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const deployments = '/apis/apps/v1/namespaces/default/deployments'

describe('create', () => {
  it('defaults, counts from one and names the writer', async () => {
    const server = await testServer()
    const made = await ask(server, deployments, { body: deployment('web') })
    expect(made.status).toBe(201)
    expect(at(made.body, 'metadata', 'generation')).toBe(1)
    expect(at(made.body, 'spec', 'strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
    })
    expect(at(made.body, 'spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy')).toBe('IfNotPresent')
    expect(textAt(made.body, 'metadata', 'managedFields', 0, 'manager')).toBe('tester')
    const again = await ask(server, deployments, { body: deployment('web') })
    expect(again.body).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "web" already exists',
    })
  })

  it('refuses bad names, foreign namespaces and missing ones in the words of the real server', async () => {
    const server = await testServer()
    const bad = await ask(server, maps, { body: { metadata: { name: 'A_b' } } })
    expect(bad.status).toBe(422)
    expect(textAt(bad.body, 'message')).toContain(
      'ConfigMap "A_b" is invalid: metadata.name: Invalid value: "A_b": a lowercase RFC 1123 subdomain must consist of',
    )
    const foreign = await ask(server, maps, { body: { metadata: { name: 'a', namespace: 'other' } } })
    expect(textAt(foreign.body, 'message')).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    )
    const nowhere = await ask(server, '/api/v1/namespaces/nope/configmaps', { body: { metadata: { name: 'a' } } })
    expect(nowhere.body).toMatchObject({ code: 404, message: 'namespaces "nope" not found' })
  })

  it('names unknown fields: as warnings, or as a refusal when asked to be strict', async () => {
    const server = await testServer()
    const object = { ...deployment('web'), extra: 1 }
    const warned = await ask(server, `${deployments}?dryRun=All`, { body: object })
    expect(warned.warnings).toEqual(['299 - "unknown field \\"extra\\""'])
    const strict = await ask(server, `${deployments}?fieldValidation=Strict`, { body: object })
    expect(textAt(strict.body, 'message')).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "extra"',
    )
    const typed = await ask(server, deployments, { body: { metadata: { name: 'a' }, spec: { replicas: 'x' } } })
    expect(textAt(typed.body, 'message')).toContain(
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    )
  })

  it('stores nothing on a dry run', async () => {
    const server = await testServer()
    expect((await ask(server, `${maps}?dryRun=All`, { body: { metadata: { name: 'a' } } })).status).toBe(201)
    expect((await ask(server, `${maps}/a`)).status).toBe(404)
  })

  it('reads 3 MiB and no more', async () => {
    const server = await testServer()
    const body = JSON.stringify({ metadata: { name: 'a' }, data: { a: 'x'.repeat(3 * 1024 * 1024) } })
    const refused = await ask(server, maps, { body })
    expect(refused.body).toMatchObject({ code: 413, message: 'Request entity too large: limit is 3145728' })
  })

  it('limits owners, annotations and values', async () => {
    const server = await testServer()
    const owner = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, uid: name, controller: true })
    const two = await ask(server, maps, {
      body: { metadata: { name: 'a', ownerReferences: [owner('x'), owner('y')] } },
    })
    expect(textAt(two.body, 'message')).toContain('Found "true" in references for ConfigMap/x and ConfigMap/y')
    const long = await ask(server, maps, { body: { metadata: { name: 'a', annotations: { k: 'x'.repeat(262_144) } } } })
    expect(textAt(long.body, 'message')).toBe(
      'ConfigMap "a" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    )
    const secret = { metadata: { name: 'a' }, data: { k: '%' } }
    const refused = await ask(server, '/api/v1/namespaces/default/secrets', { body: secret })
    expect(textAt(refused.body, 'message')).toContain('illegal base64 data at input byte 0')
  })
})

describe('update', () => {
  it('locks by resourceVersion and ignores what changes nothing', async () => {
    const server = await testServer()
    const made = await ask(server, maps, { body: { metadata: { name: 'a' }, data: { k: '1' } } })
    const version = textAt(made.body, 'metadata', 'resourceVersion')
    const same = await ask(server, `${maps}/a`, { method: 'PUT', body: { metadata: { name: 'a' }, data: { k: '1' } } })
    expect(textAt(same.body, 'metadata', 'resourceVersion')).toBe(version)
    await ask(server, `${maps}/a`, { method: 'PUT', body: { metadata: { name: 'a' }, data: { k: '2' } } })
    const late = { metadata: { name: 'a', resourceVersion: version }, data: { k: '3' } }
    expect((await ask(server, `${maps}/a`, { method: 'PUT', body: late })).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    })
  })

  it('raises the generation for the wish and not for the state', async () => {
    const server = await testServer()
    await ask(server, deployments, { body: deployment('web') })
    const wish = await change(server, `${deployments}/web`, { type: 'merge', body: { spec: { replicas: 3 } } })
    expect(at(wish.body, 'metadata', 'generation')).toBe(2)
    const body = { status: { replicas: 3 }, spec: { replicas: 9 } }
    const state = await change(server, `${deployments}/web/status`, { type: 'merge', body })
    expect(at(state.body, 'metadata', 'generation')).toBe(2)
    expect(at(state.body, 'spec', 'replicas')).toBe(3)
    expect(at(state.body, 'status', 'replicas')).toBe(3)
  })

  it('keeps a Deployment from selecting other Pods', async () => {
    const server = await testServer()
    await ask(server, deployments, { body: deployment('web') })
    const labels = { app: 'other' }
    const body = { spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } } }
    const refused = await change(server, `${deployments}/web`, { type: 'merge', body })
    expect(textAt(refused.body, 'message')).toContain('spec.selector: Invalid value: {"matchLabels":{"app":"other"}}')
    expect(textAt(refused.body, 'message')).toContain('field is immutable')
  })
})

describe('patch', () => {
  it('merges containers, environment and strategies by their keys', async () => {
    const server = await testServer()
    await ask(server, deployments, { body: deployment('web') })
    const containers = [
      { name: 'main', env: [{ name: 'A', value: '1' }] },
      { name: 'side', image: 'side:1' },
    ]
    const body = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' }, template: { spec: { containers } } } }
    const done = await change(server, `${deployments}/web`, { type: 'strategic', body })
    expect(at(done.body, 'spec', 'template', 'spec', 'containers')).toMatchObject([
      { name: 'main', image: 'app:1', env: [{ name: 'A', value: '1' }] },
      { name: 'side', image: 'side:1' },
    ])
    expect(at(done.body, 'spec', 'strategy')).toEqual({ type: 'Recreate' })
    const gone = { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } } }
    const less = await change(server, `${deployments}/web`, { type: 'strategic', body: gone })
    expect(at(less.body, 'spec', 'template', 'spec', 'containers', 1)).toBeUndefined()
  })

  it('answers 415 for an unknown type and 422 for a failed test', async () => {
    const server = await testServer()
    await ask(server, maps, { body: { metadata: { name: 'a' } } })
    const type = await ask(server, `${maps}/a`, { method: 'PATCH', type: 'text/plain', body: '{}' })
    expect(type.body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' })
    const body = [{ op: 'test', path: '/data', value: 1 }]
    expect((await change(server, `${maps}/a`, { type: 'json', body })).body).toMatchObject({
      code: 422,
      message: 'the server rejected our request due to an error in our request',
    })
  })
})
