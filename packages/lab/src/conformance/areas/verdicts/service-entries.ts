import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const serviceEntry = verdicts('ServiceEntry')
const workloadEntry = verdicts('WorkloadEntry')
const workloadGroup = verdicts('WorkloadGroup')

const http = { number: 80, name: 'http', protocol: 'HTTP' }
const tcp = { number: 5432, name: 'db', protocol: 'TCP' }
const entry = (more: JsonRecord): JsonRecord => ({
  hosts: ['api.example.com'],
  ports: [http],
  resolution: 'DNS',
  ...more,
})
const fixed = (more: JsonRecord): JsonRecord => entry({ resolution: 'STATIC', ...more })
const dynamic = (more: JsonRecord): JsonRecord =>
  entry({ resolution: 'DYNAMIC_DNS', hosts: ['*.example.com'], ...more })
const probe = (more: JsonRecord): JsonRecord => ({ template: {}, probe: more })
const unaddressed =
  'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled'

export const serviceEntries = [
  serviceEntry(
    'A ServiceEntry has hosts that are names, and addresses that fit its resolution.',
    refused(
      'a host',
      entry({ hosts: ['a_b'] }),
      all(
        'domain name "a_b" invalid (label "a_b" invalid)',
        'hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "a_b" invalid (label "a_b" invalid)',
      ),
    ),
    refused(
      'a wildcard to resolve',
      entry({ hosts: ['*.example.com'] }),
      'hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "*.example.com" invalid (label "*" invalid)',
    ),
    refused(
      'an address',
      fixed({ addresses: ['10.0.0'], endpoints: [{ address: '10.0.0.1' }] }),
      '10.0.0 is not a valid IP',
    ),
    refused(
      'two hosts of a database',
      entry({ hosts: ['a.example', 'b.example'], ports: [tcp] }),
      'multiple hosts provided with non-HTTP, non-TLS ports',
    ),
    invalid('no hosts', { ports: [http] }, /spec\.hosts: Required value/),
    invalid('an empty list', entry({ hosts: [] }), /spec\.hosts: Invalid value: 0: .*at least 1 items/),
    invalid('all hosts', entry({ hosts: ['*'] }), /hostname cannot be wildcard/),
    invalid(
      'a network to resolve',
      entry({ addresses: ['10.0.0.0/8'] }),
      /CIDR addresses are allowed only for NONE\/STATIC resolution types/,
    ),
    accepted('a network', entry({ resolution: 'NONE', addresses: ['10.0.0.0/8'] })),
    accepted(
      'a wildcard in a word',
      entry({ resolution: 'NONE', hosts: ['*api.example.com'] }),
      'partial wildcard "*api.example.com" not allowed',
    ),
  ),
  serviceEntry(
    'Ports of a ServiceEntry have names and numbers of their own; TCP without an address is warned of.',
    invalid('a name twice', entry({ ports: [http, { ...http, number: 81 }] }), /spec\.ports\[1\]: Duplicate value: /),
    refused('a name', entry({ ports: [{ ...http, name: 'a.b' }] }), 'invalid port name: a.b'),
    refused('a protocol', entry({ ports: [{ ...http, protocol: 'QUIC' }] }), 'unsupported protocol: QUIC'),
    invalid('a number twice', entry({ ports: [http, { ...http, name: 'more' }] }), /port number cannot be duplicated/),
    invalid('a number', entry({ ports: [{ ...http, number: 70000 }] }), /port must be between 1-65535/),
    accepted('TCP that passes', entry({ resolution: 'NONE', ports: [tcp] }), unaddressed),
    {
      ...accepted('TCP without an allocated address', entry({ ports: [tcp] }), unaddressed),
      metadata: { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } },
    },
    accepted('TCP with an address to come', entry({ ports: [tcp] })),
    accepted(
      'TCP of two hosts with an address',
      entry({ hosts: ['a.example', 'b.example'], addresses: ['10.1.2.3'], ports: [{ ...tcp, protocol: 'TLS' }] }),
      'service entry can not have more than one host specified simultaneously with address and tcp port',
    ),
  ),
  serviceEntry(
    'Endpoints of a ServiceEntry fit its resolution and its ports.',
    invalid(
      'some where none are asked',
      entry({ resolution: 'NONE', endpoints: [{ address: '10.0.0.1' }] }),
      /NONE mode cannot set endpoints/,
    ),
    refused(
      'a name where addresses are asked',
      fixed({ endpoints: [{ address: 'a.example' }] }),
      'endpoint address "a.example" is not a valid IP address',
    ),
    refused(
      'no name',
      entry({ endpoints: [{ address: 'a_b' }] }),
      'endpoint address "a_b" is not a valid FQDN or an IP address',
    ),
    refused(
      'another port',
      fixed({ endpoints: [{ address: '10.0.0.1', ports: { grpc: 9000 } }] }),
      'endpoint port 9000 is not defined by the service entry',
    ),
    refused(
      'a label',
      fixed({ endpoints: [{ address: '10.0.0.1', labels: { app: '!' } }] }),
      all('invalid tag value: "!"'),
    ),
    invalid(
      'two in turn',
      entry({ resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.example' }, { address: 'b.example' }] }),
      /DNS_ROUND_ROBIN mode cannot have multiple endpoints/,
    ),
    refused(
      'a socket for two ports',
      fixed({ ports: [http, tcp], endpoints: [{ address: 'unix:///run/a' }] }),
      'exactly 1 service port required for unix endpoints',
    ),
    invalid(
      'a socket with ports',
      fixed({ endpoints: [{ address: 'unix:///run/a', ports: { http: 1 } }] }),
      /UDS may not include ports/,
    ),
    invalid(
      'endpoints and a selector',
      fixed({ endpoints: [{ address: '10.0.0.1' }], workloadSelector: { labels: { app: 'a' } } }),
      /only one of WorkloadSelector or Endpoints can be set/,
    ),
    accepted('a socket', fixed({ endpoints: [{ address: 'unix:///run/a' }] })),
    accepted('another network', fixed({ endpoints: [{ network: 'far' }] }), 'address is unset with network "far"'),
    accepted(
      'a selector of nothing',
      fixed({ workloadSelector: {} }),
      'service entry: workload selector specified without labels, will be applied to all services in namespace',
    ),
    accepted(
      'a selector that is not asked',
      entry({ resolution: 'NONE', workloadSelector: { labels: { app: 'a' } } }),
      'workloadSelector should not be set when resolution mode is NONE',
    ),
  ),
  serviceEntry(
    'Dynamic DNS is for wildcards of HTTP and TLS without addresses or endpoints.',
    refused(
      'one host',
      dynamic({ hosts: ['api.example.com'] }),
      'host must be wildcarded for resolution mode DYNAMIC_DNS',
    ),
    refused(
      'a database',
      dynamic({ ports: [tcp] }),
      'only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS',
    ),
    refused(
      'an address',
      dynamic({ addresses: ['10.1.2.3'] }),
      'addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
    ),
    refused(
      'an endpoint',
      dynamic({ endpoints: [{ address: '10.1.2.3' }] }),
      'endpoints cannot be set for resolution type DYNAMIC_DNS. Destination IP address determined from hostsfield values',
    ),
    {
      ...refused(
        'inside, by a waypoint',
        dynamic({ location: 'MESH_INTERNAL' }),
        'location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints',
      ),
      metadata: { labels: { 'istio.io/use-waypoint': 'a' } },
    },
    accepted('a wildcard', dynamic({})),
  ),
  serviceEntry(
    'A ServiceEntry alone may be exported to nobody, and then to nobody else.',
    refused('nobody and one', entry({ exportTo: ['~', 'a'] }), 'cannot export service entry to no one (~) and someone'),
    refused(
      'itself twice',
      entry({ exportTo: ['.', '.'] }),
      /^duplicate entries in exportTo: \. and current namespace c-/,
    ),
    accepted('nobody', entry({ exportTo: ['~'] })),
  ),
  workloadEntry(
    'A WorkloadEntry has an address, a name or a socket, and ports and labels in their usual forms.',
    refused('neither', { address: 'a_b' }, 'endpoint address "a_b" is not a valid FQDN or an IP address'),
    refused('an empty address', { address: '' }, 'address is required'),
    refused('labels', { address: '10.0.0.1', labels: { 'a/b/c': 'd' } }, all('invalid tag key: "a/b/c"')),
    invalid('nothing', {}, /Address is required/),
    invalid('a port', { address: '10.0.0.1', ports: { http: 0 } }, /port must be between 1-65535/),
    invalid('the name of a port', { address: '10.0.0.1', ports: { 'a.b': 80 } }, /port name must be valid/),
    invalid('half a socket', { address: 'unix://run/a' }, /UDS must be an absolute path or abstract socket/),
    accepted('a name', { address: 'vm.example.com', ports: { http: 8080 }, labels: { app: 'shop' } }),
    accepted('six', { address: '2001:db8::1' }),
    accepted('a network', { network: 'far' }, 'address is unset with network "far"'),
  ),
  workloadGroup(
    'A WorkloadGroup has a template, and a probe of one way with numbers that are not below nothing.',
    refused(
      'labels',
      { template: {}, metadata: { labels: { a: '!' } } },
      `invalid labels: ${all('invalid tag value: "!"')}`,
    ),
    refused('a probe of no way', probe({ periodSeconds: 1 }), 'unknown health check method <nil>'),
    refused(
      'a probe of gRPC',
      probe({ grpc: { port: 1 } }),
      /^unknown health check method \*v1alpha3\.ReadinessProbe_Grpc$/,
    ),
    refused('no command', probe({ exec: { command: [] } }), 'exec.command is required'),
    refused(
      'a header',
      probe({ httpGet: { port: 80, httpHeaders: [{ name: 'a_b', value: 'c' }] } }),
      'header name a_b is not a valid header name',
    ),
    invalid('no template', { metadata: {} }, /spec\.template: Required value/),
    invalid('a number', probe({ tcpSocket: { port: 80 }, periodSeconds: -1 }), /periodSeconds: Invalid value: -1/),
    invalid('a port', probe({ tcpSocket: { port: 0 } }), /port must be between 1-65535/),
    invalid('a scheme', probe({ httpGet: { port: 80, scheme: 'FTP' } }), /scheme must be one of \[HTTP, HTTPS\]/),
    accepted('a probe', probe({ httpGet: { port: 80, scheme: 'HTTPS', path: '/ready' }, periodSeconds: 5 })),
  ),
]
