import { expect, it } from 'vitest'
import { withMember } from './member-overrides.tsx'

const spec = { kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }, { cluster: 'west' }] }
const injecting = (value: boolean | null) => ({ sidecarInjectorWebhook: { enableNamespacesByDefault: value } })

it.each([
  ['true', true],
  ['false', false],
  ['null', null],
])('says %s for one member alone, and takes it back', (chosen, value) => {
  const said = withMember(spec, 0, chosen)
  expect(said).toEqual({
    kind: 'Managed',
    members: [{ cluster: 'east', network: 'n1', values: injecting(value) }, { cluster: 'west' }],
  })
  expect(withMember(said, 0, undefined)).toEqual(spec)
})
