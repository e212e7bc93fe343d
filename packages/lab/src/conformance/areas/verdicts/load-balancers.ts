import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const destinationRule = verdicts('DestinationRule')

const balanced = (loadBalancer: JsonRecord, more: JsonRecord = {}): JsonRecord => ({
  host: 'shop',
  trafficPolicy: { loadBalancer, ...more },
})
const local = (localityLbSetting: JsonRecord): JsonRecord => balanced({ localityLbSetting }, { outlierDetection: {} })
const maglev = (tableSize: number): JsonRecord =>
  balanced({ consistentHash: { useSourceIp: true, maglev: { tableSize } } })
const noFailover = 'outlier detection policy must be provided for failover'

export const loadBalancers = [
  destinationRule(
    'Consistent hashing has one key and one table; a table of maglev is a prime below 5000011.',
    refused(
      'a cookie without a name',
      balanced({ consistentHash: { httpCookie: { name: '' } } }),
      'name required for HttpCookie',
    ),
    refused(
      'attributes of a cookie',
      balanced({
        consistentHash: { httpCookie: { name: 'a', attributes: [{ name: 'b' }, { name: 'b' }, { name: '' }] } },
      }),
      all('duplicate cookie attribute name: b', 'cookie attribute name cannot be empty'),
    ),
    refused(
      'no table',
      maglev(0),
      all('tableSize must be set for maglev', 'tableSize must be a prime number for maglev'),
    ),
    refused('an even table', maglev(100), 'tableSize must be a prime number for maglev'),
    refused('a table too big', maglev(5000011), 'tableSize must be less than 5000011 for maglev'),
    refused(
      'a ring of two sizes',
      balanced({ consistentHash: { useSourceIp: true, minimumRingSize: 5, ringHash: { minimumRingSize: 5 } } }),
      'only one of MinimumRingSize or Maglev/Ringhash can be specified',
    ),
    invalid(
      'two keys',
      balanced({ consistentHash: { useSourceIp: true, httpHeaderName: 'a' } }),
      /spec\.trafficPolicy\.loadBalancer\.consistentHash" must validate one and only one schema \(oneOf\)/,
    ),
    invalid(
      'two ways',
      balanced({ simple: 'RANDOM', consistentHash: { useSourceIp: true } }),
      /spec\.trafficPolicy\.loadBalancer" must validate one and only one schema \(oneOf\)/,
    ),
    accepted('a prime table', maglev(65537)),
    accepted(
      'the old size of a ring',
      balanced({ consistentHash: { useSourceIp: true, minimumRingSize: 5 } }),
      "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
    ),
  ),
  destinationRule(
    'Locality settings distribute a whole or fail over between regions, and failing over takes outlier detection.',
    refused(
      'both',
      local({ distribute: [{ from: 'a', to: { b: 100 } }], failover: [{ from: 'a', to: 'b' }] }),
      "can not simultaneously specify 'distribute' and 'failover'",
    ),
    refused(
      'less than a whole',
      local({ distribute: [{ from: 'a', to: { b: 60, c: 30 } }] }),
      'total locality weight 90 != 100',
    ),
    refused(
      'more than a whole',
      local({ distribute: [{ from: 'a', to: { b: 101 } }] }),
      'locality weight must be in range [1, 100]',
    ),
    refused(
      'an overlap',
      local({
        distribute: [
          { from: 'a/*', to: { b: 100 } },
          { from: 'a/z1', to: { b: 100 } },
        ],
      }),
      'locality a/z1 overlap with previous specified ones',
    ),
    refused(
      'a wildcard inside',
      local({ distribute: [{ from: 'a/*/b', to: { b: 100 } }] }),
      "locality a/*/b wildcard '*' number can not exceed 1 and must be in the end",
    ),
    refused(
      'an empty zone',
      local({ distribute: [{ from: 'a//b', to: { b: 100 } }] }),
      'locality a//b must not contain empty region/zone/subzone info',
    ),
    refused(
      'to itself',
      local({ failover: [{ from: 'a', to: 'a' }] }),
      'locality lb failover settings must specify different regions',
    ),
    refused('to a zone', local({ failover: [{ from: 'a', to: 'b/c' }] }), 'locality lb failover only specify region'),
    refused(
      'to anywhere',
      local({ failover: [{ from: 'a', to: '*' }] }),
      "locality lb failover region should not contain '*' wildcard",
    ),
    refused(
      'regions twice',
      local({ failover: [{ from: 'a', to: 'b' }], failoverPriority: ['topology.kubernetes.io/region'] }),
      "can not simultaneously set 'failover' and topology label 'topology.kubernetes.io/region' in 'failover_priority'",
    ),
    accepted(
      'without outlier detection',
      balanced({ localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } }),
      noFailover,
    ),
    accepted('zones of a region', local({ distribute: [{ from: 'a/z1/*', to: { 'a/z1/*': 80, 'a/z2/*': 20 } }] })),
  ),
  destinationRule(
    'Warmup and locality by zones have rules of their own.',
    refused(
      'both',
      balanced({ localityLbSetting: {}, zoneAwareLbSetting: {} }),
      'only one of localityLbSetting and zoneAwareLbSetting can be set',
    ),
    refused(
      'zones in order',
      balanced({ zoneAwareLbSetting: { failoverPriority: ['topology.kubernetes.io/zone'] } }, { outlierDetection: {} }),
      "'failover_priority' for zone aware lb must not use topology label 'topology.kubernetes.io/zone'; region- and zone-level routing are handled automatically",
    ),
    refused(
      'aggression',
      balanced({ simple: 'ROUND_ROBIN', warmup: { duration: '10s', aggression: 0 } }),
      'aggression should be greater than 0',
    ),
    invalid(
      'a share',
      balanced({ simple: 'ROUND_ROBIN', warmup: { duration: '10s', minimumPercent: 101 } }),
      /minimumPercent: Invalid value: 101: .*less than or equal to 100/,
    ),
    invalid('no duration', balanced({ simple: 'ROUND_ROBIN', warmup: {} }), /warmup\.duration: Required value/),
  ),
]
