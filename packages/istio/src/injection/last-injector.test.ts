import { expect, it } from 'vitest'
import type { Hook } from './hooks.ts'
import { lastInjector } from './last-injector.ts'

const hook = (revision: string, reinvocable = false): Hook => ({
  config: `config-${revision}`,
  webhook: 'rev.namespace.sidecar-injector.istio.io',
  revision,
  tag: undefined,
  namespaceSelector: [],
  objectSelector: [],
  service: undefined,
  caBundle: true,
  failsClosed: true,
  reinvocable,
})

it.each([
  ['nobody, where nobody injects', [], undefined],
  ['the only one', [hook('a', true)], 'a'],
  ['the last', [hook('a'), hook('b')], 'b'],
  ['the one that is called again', [hook('a', true), hook('b')], 'a'],
  ['the last of those that are called again', [hook('a', true), hook('b', true)], 'b'],
  ['the last, where nobody after the one to call again changes the Pod', [hook('a'), hook('b', true)], 'b'],
] as const)('says whose proxy stays: %s', (_, injecting, revision) => {
  expect(lastInjector(injecting)?.revision).toBe(revision)
})
