import { expect, it } from 'vitest'
import { imageVersion, plainVersion } from './plain.ts'

it.each([
  ['registry.istio.io/release/pilot:1.30.3', '1.30.3'],
  ['docker.io/istio/proxyv2:1.30.3-distroless', '1.30.3'],
  ['localhost:5000/istio/proxyv2:v1.29.0-debug@sha256:abc', '1.29.0'],
  ['istio/pilot:1.31.0-beta.1', '1.31.0-beta.1'],
  ['istio/pilot:1.31.0-rc.0-distroless', '1.31.0-rc.0'],
  ['release.daocloud.io/istio/pilot:1.20.8-mspider', '1.20.8'],
  ['istio/pilot:1.30', '1.30'],
  ['istio/pilot:latest', undefined],
  ['localhost:5000/istio/pilot', undefined],
  ['auto', undefined],
  [undefined, undefined],
])('reads the version of %s', (image, version) => {
  expect(imageVersion(image)).toBe(version)
})

it('takes the v off', () => {
  expect(plainVersion('v1.30.3')).toBe('1.30.3')
  expect(plainVersion('1.30.3')).toBe('1.30.3')
})
