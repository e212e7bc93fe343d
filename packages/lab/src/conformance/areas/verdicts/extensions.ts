import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, invalid, refused, verdicts } from './verdict.ts'

const telemetry = verdicts('Telemetry')
const wasmPlugin = verdicts('WasmPlugin')
const trafficExtension = verdicts('TrafficExtension')

const url = 'oci://registry.example.com/auth:1.0'
const plugin = (more: JsonRecord): JsonRecord => ({ url, ...more })
const tags = (customTags: JsonRecord): JsonRecord => ({ tracing: [{ customTags }] })
const override = (one: JsonRecord): JsonRecord => ({ metrics: [{ overrides: [one] }] })
const lua = { inlineCode: 'function envoy_on_request(handle) end' }

export const extensions = [
  telemetry(
    'Filters of access logs are CEL; whether its names are known is not asked.',
    refused(
      'no expression',
      { accessLogging: [{ filter: { expression: 'response.code >=' } }] },
      /^must be a valid CEL expression, ERROR: <input>:1:/,
    ),
    refused(
      'an open bracket',
      { accessLogging: [{ filter: { expression: '(response.code' } }] },
      /^must be a valid CEL expression, ERROR: <input>:1:/,
    ),
    accepted('an expression', {
      accessLogging: [{ providers: [{ name: 'envoy' }], filter: { expression: 'response.code >= 400' } }],
    }),
    accepted('an unknown name', { accessLogging: [{ filter: { expression: 'colour == "red"' } }] }),
  ),
  telemetry(
    'Metrics and traces name providers and tags; only one provider of traces is heard.',
    invalid('no provider', { metrics: [{ providers: [{ name: '' }] }] }, /providers\[0\]\.name: .*at least 1 chars/),
    invalid(
      'no value',
      override({ tagOverrides: { a: { operation: 'UPSERT', value: '' } } }),
      /value must be set when operation is UPSERT/,
    ),
    invalid(
      'a value to take away',
      override({ tagOverrides: { a: { operation: 'REMOVE', value: 'b' } } }),
      /value must not be set when operation is REMOVE/,
    ),
    invalid('an empty literal', tags({ a: { literal: { value: '' } } }), /literal\.value: .*at least 1 chars/),
    invalid(
      'a share',
      { tracing: [{ randomSamplingPercentage: 101 }] },
      /randomSamplingPercentage: Invalid value: 101/,
    ),
    invalid(
      'both',
      { selector: { matchLabels: { app: 'a' } }, targetRefs: [{ kind: 'Service', name: 'a' }] },
      /only one of targetRefs or selector can be set/,
    ),
    refused(
      'nothing to upsert',
      override({ tagOverrides: { a: {} } }),
      'tagOverrides.value must be set when operation is UPSERT',
    ),
    accepted('two traces', { tracing: [{}, {}] }, 'multiple tracing is not currently supported'),
    accepted(
      'two providers',
      { tracing: [{ providers: [{ name: 'a' }, { name: 'b' }] }] },
      'multiple providers is not currently supported',
    ),
    accepted('a tag', override({ match: { metric: 'REQUEST_COUNT' }, tagOverrides: { a: { value: 'request.host' } } })),
    accepted('no labels', { selector: {} }, 'workload selector specified without labels'),
  ),
  wasmPlugin(
    'A WasmPlugin has a URL of a known scheme, a hash of 64 digits, and variables that differ.',
    invalid(
      'a variable twice',
      plugin({
        vmConfig: {
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
      }),
      /vmConfig\.env\[1\]: Duplicate value: /,
    ),
    invalid('no URL', {}, /spec\.url: Required value/),
    invalid(
      'a scheme',
      { url: 'ftp://registry.example.com/auth' },
      /url must have schema one of \[http, https, file, oci\]/,
    ),
    invalid('a hash', plugin({ sha256: 'abc' }), /spec\.sha256: Invalid value: "abc"/),
    invalid(
      'a port',
      plugin({ match: [{ ports: [{ number: 0 }] }] }),
      /spec\.match\[0\]\.ports\[0\]\.number: Invalid value: 0/,
    ),
    invalid(
      'a value of the host',
      plugin({ vmConfig: { env: [{ name: 'A', valueFrom: 'HOST', value: '1' }] } }),
      /value may only be set when valueFrom is INLINE/,
    ),
    accepted('a URL', plugin({ sha256: '0'.repeat(64), phase: 'AUTHN', match: [{ ports: [{ number: 80 }] }] })),
    accepted('no scheme', { url: 'registry.example.com/auth' }),
    accepted('an address that is none', { url: '256.1.1.1' }),
    accepted('no labels', plugin({ selector: {} }), 'workload selector specified without labels'),
  ),
  trafficExtension(
    'A TrafficExtension is Wasm or Lua.',
    invalid('neither', {}, /exactly one of wasm or lua must be set/),
    invalid('both', { lua, wasm: { url } }, /exactly one of wasm or lua must be set/),
    invalid('no code', { lua: { inlineCode: '' } }, /inlineCode: .*at least 1 chars/),
    invalid(
      'a variable twice',
      { wasm: { url, vmConfig: { env: [{ name: 'A' }, { name: 'A' }] } } },
      /vmConfig\.env\[1\]: Duplicate value: /,
    ),
    accepted('Lua', { lua }),
  ),
]
