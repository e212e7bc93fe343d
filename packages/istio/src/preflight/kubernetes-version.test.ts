import { describe, expect, it } from 'vitest'
import { againstVersion, recommendedVersion } from './kubernetes-version.ts'

const on = (cluster: string, kubernetesVersion: string | undefined) => ({ cluster, kubernetesVersion })

describe('what speaks against a version', () => {
  it('is what forbids it in any cluster, before what it was not tested with', () => {
    const [old, untested] = [on('old', 'v1.28.4'), on('new', 'v1.40.0')]
    expect(againstVersion('v1.30.3', [on('east', 'v1.34.1'), untested, old])).toMatchObject({
      id: 'kubernetes.too-old',
      severity: 'blocking',
      params: { cluster: 'old', kubernetes: 'v1.28.4', istio: 'v1.30.3', minimum: '1.32' },
    })
    expect(againstVersion('v1.30.3', [untested])).toMatchObject({ id: 'kubernetes.untested', severity: 'warning' })
  })

  it('is nothing where it suits, or where nothing is known', () => {
    expect(againstVersion('v1.30.3', [on('east', 'v1.34.1')])).toBeUndefined()
    expect(againstVersion('v1.30.3', [on('east', undefined)])).toBeUndefined()
    expect(againstVersion('v9.0.0', [on('east', 'v1.34.1')])).toBeUndefined()
  })
})

it.each([
  [['v1.31.0-beta.1', 'v1.30.3', 'v1.29.2'], 'v1.34.1', 'v1.30.3'],
  // Forbidden from 1.30 on.
  [['v1.31.0-beta.1', 'v1.30.3', 'v1.29.2'], 'v1.31.2', 'v1.29.2'],
  // Tested with 1.29 alone.
  [['v1.30.3', 'v1.29.2', 'v1.28.0'], 'v1.31.2', 'v1.29.2'],
  // 1.28 is not tested with it, and not forbidden.
  [['v1.28.0'], 'v1.36.0', 'v1.28.0'],
  [['v1.31.0-beta.1'], 'v1.34.1', 'v1.31.0-beta.1'],
  [['v1.30.3'], 'v1.28.4', undefined],
  [['v1.30.3'], undefined, 'v1.30.3'],
])('of %j Kubernetes %s begins with %s', (versions, kubernetes, wanted) => {
  expect(recommendedVersion(versions, [on('east', kubernetes)])).toBe(wanted)
})
