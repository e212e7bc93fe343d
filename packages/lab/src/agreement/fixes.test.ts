import { faultsOfFixes } from '@orbweaver/istio/findings/fixes/cases'
import { structureJudge } from '@orbweaver/istio/findings/schema/structure'
import { istioCrds } from '@orbweaver/schemas/istio'
import { expect, it } from 'vitest'
import { generate } from './generate.ts'
import { describedBy, objects } from './objects.ts'

/**
 * What a way out may bring to light: what was hidden by what it mends, or what follows from what it is for. Everything else
 * that comes after one is a fault.
 */
const follows = [
  // Where some workloads have a policy, those without are told.
  /^requestauthentication\.token-optional require-token brings workload\.no-authorization /,
  // A host that nobody knew had no endpoints, ports or clients to speak of.
  /^\w+\.host-(not-found|half-named) (full-name|service-entry) brings /,
  /^service\.no-endpoints select-workload brings service\.target-port-not-found /,
]
const unexpected = (faults: readonly string[]): string[] =>
  faults.filter((each) => !follows.some((form) => form.test(each)))

it('carries out every way out of what is found in generated worlds', () => {
  const faults = Array.from({ length: 60 }, (_, index) => faultsOfFixes({ objects: generate(index + 1).objects }))
  expect(unexpected(faults.flat())).toEqual([])
})

/** Of an object alone in the world others have much to say, whose ways out are for worlds. */
const byItself = /^schema\.|^virtualservice\.(rule-unreachable|match-ineffective) /

it('carries out every way out of what istiod and schemas have against generated objects', () => {
  const more = [structureJudge(istioCrds)]
  const made = [...objects(describedBy(istioCrds), 7, 250)]
  const faults = made
    .flatMap((object) => faultsOfFixes({ objects: [object], more }))
    .filter((each) => byItself.test(each))
  expect(unexpected(faults).filter((each) => / (leaves it|brings schema\..*)$/.test(each))).toEqual([])
})
