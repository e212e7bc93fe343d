import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const gateway = verdicts('Gateway')

const plain = { number: 80, name: 'http', protocol: 'HTTP' }
const secure = { number: 443, name: 'https', protocol: 'HTTPS' }
const server = (more: JsonRecord): JsonRecord => ({ servers: [{ hosts: ['*.example.com'], port: plain, ...more }] })
const hosts = (...names: string[]): JsonRecord => server({ hosts: names })
const tls = (settings: JsonRecord): JsonRecord => server({ port: secure, tls: settings })
const secret = { mode: 'SIMPLE', credentialName: 'shop' }
const protocols = 'supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP'

export const gateways = [
  gateway(
    'A Gateway has servers, with names of ports that differ, and a name without dots.',
    refused('no servers', { selector: { istio: 'ingress' } }, 'gateway must have at least one server'),
    refused('an empty list', { servers: [] }, 'gateway must have at least one server'),
    refused(
      'a name twice',
      {
        servers: [
          { hosts: ['a.example'], port: plain },
          { hosts: ['b.example'], port: { ...plain, number: 81 } },
        ],
      },
      'port names in servers must be unique: duplicate name http',
    ),
    {
      ...refused('a dot in its name', server({}), 'invalid gateway name: "shop.public"'),
      metadata: { name: 'shop.public' },
    },
    invalid('no port', { servers: [{ hosts: ['a.example'] }] }, /spec\.servers\[0\]\.port: Required value/),
    invalid('no hosts', { servers: [{ port: plain }] }, /spec\.servers\[0\]\.hosts: Required value/),
    accepted('two servers', {
      servers: [
        { hosts: ['*'], port: plain },
        { hosts: ['*'], port: secure, tls: secret },
      ],
    }),
  ),
  gateway(
    'Hosts of a server are names with dots, addresses or all, and may have a namespace.',
    refused('none', hosts(), 'server config must contain at least one host'),
    refused('a short one', hosts('shop'), 'short names (non FQDN) are not allowed'),
    refused('a wildcard in a word', hosts('*shop.example.com'), 'partial wildcard "*shop.example.com" not allowed'),
    refused('a namespace', hosts('a_b/shop.example.com'), 'invalid namespace value "a_b" in gateway'),
    refused(
      'no name',
      hosts('shop/'),
      all(
        'config namespace and dnsName in host entry cannot be empty',
        'short names (non FQDN) are not allowed',
        'empty domain name not allowed',
      ),
    ),
    accepted('an address', hosts('10.1.2.3')),
    accepted('everything of some namespaces', hosts('./*', 'shop/*.example.com', '*/a.example')),
  ),
  gateway(
    'The port of a server has a number, a name and a protocol that gateways know; a socket has none.',
    refused('a number', server({ port: { ...plain, number: 0 } }), 'port number 0 must be in the range 1..65535'),
    refused('a protocol', server({ port: { ...plain, protocol: 'QUIC' } }), `invalid protocol "QUIC", ${protocols}`),
    refused('no name', server({ port: { ...plain, name: '' } }), /^port name must be set: number:80 +protocol:"HTTP"$/),
    refused('a target', server({ port: { ...plain, targetPort: 8080 } }), 'targetPort has no impact on Gateways'),
    refused('a wrong address', server({ bind: 'eth0' }), 'eth0 is not a valid IP'),
    refused(
      'a socket with a number',
      server({ bind: 'unix:///run/a.sock' }),
      /^port number must be 0 for unix domain socket: number:80 /,
    ),
    refused(
      'a socket somewhere',
      server({ bind: 'unix://run/a.sock', port: { ...plain, number: 0 } }),
      'run/a.sock is not an absolute path to a file',
    ),
    invalid(
      'no protocol',
      server({ port: { number: 80, name: 'http' } }),
      /spec\.servers\[0\]\.port\.protocol: Required value/,
    ),
    accepted('a socket', server({ bind: 'unix:///run/a.sock', port: { ...plain, number: 0 } })),
    accepted('lower case', server({ port: { ...plain, protocol: 'grpc-web' } })),
  ),
  gateway(
    'TLS belongs to HTTPS and TLS ports, save for a redirect on HTTP.',
    refused('HTTPS without', server({ port: secure }), 'server must have TLS settings for HTTPS/TLS protocols'),
    refused('HTTP with', server({ tls: secret }), 'server cannot have TLS settings for plain text HTTP ports'),
    refused(
      'TCP with',
      server({ port: { ...plain, protocol: 'TCP' }, tls: secret }),
      'server cannot have TLS settings for non HTTPS/TLS ports',
    ),
    accepted('HTTP with a redirect', server({ tls: { httpsRedirect: true } })),
    accepted(
      'HTTPS with a redirect',
      tls({ ...secret, httpsRedirect: true }),
      'tls.httpsRedirect should only be used with http servers',
    ),
  ),
  gateway(
    'A server that ends TLS has its certificates from one place, and MUTUAL a CA as well.',
    refused(
      'no certificate',
      tls({ mode: 'SIMPLE' }),
      all('SIMPLE TLS requires a server certificate', 'SIMPLE TLS requires a private key'),
    ),
    refused('half of one', tls({ mode: 'SIMPLE', serverCertificate: '/c' }), 'SIMPLE TLS requires a private key'),
    refused(
      'no CA',
      tls({ mode: 'MUTUAL', serverCertificate: '/c', privateKey: '/k' }),
      'MUTUAL TLS requires a client CA bundle',
    ),
    refused(
      'files for the mesh',
      tls({ mode: 'ISTIO_MUTUAL', serverCertificate: '/c', credentialName: 'shop' }),
      all(
        'ISTIO_MUTUAL TLS cannot have associated server certificate',
        'ISTIO_MUTUAL TLS cannot have associated credentialName',
      ),
    ),
    refused(
      'a list of revoked ones',
      tls({ mode: 'SIMPLE', serverCertificate: '/c', privateKey: '/k', caCrl: '/r' }),
      'CRL is not supported with SIMPLE TLS',
    ),
    refused(
      'two places',
      tls({ ...secret, serverCertificate: '/c', privateKey: '/k' }),
      'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
    ),
    invalid(
      'one Secret and several',
      tls({ ...secret, credentialNames: ['a', 'b'] }),
      /only one of credentialName or credentialNames can be set/,
    ),
    invalid(
      'three Secrets',
      tls({ mode: 'SIMPLE', credentialNames: ['a', 'b', 'c'] }),
      /credentialNames: Too many: 3: must have at most 2 items/,
    ),
    accepted('a Secret', tls(secret)),
    accepted('files', tls({ mode: 'MUTUAL', serverCertificate: '/c', privateKey: '/k', caCertificates: '/ca' })),
    accepted('passing through', tls({ mode: 'PASSTHROUGH' })),
    accepted(
      'passing through with a Secret',
      tls({ mode: 'AUTO_PASSTHROUGH', credentialName: 'a' }),
      'AUTO_PASSTHROUGH mode does not use certificates, they will be ignored',
    ),
  ),
  gateway(
    'Ciphers that Envoy does not know, and versions of TLS that need others, are warned of.',
    accepted(
      'unknown ones',
      tls({ ...secret, cipherSuites: ['ROT13', 'AES128-SHA', 'AES0'] }),
      'ignoring invalid cipher suites: [AES0 ROT13]',
    ),
    accepted(
      'one twice',
      tls({ ...secret, cipherSuites: ['AES128-SHA', 'AES128-SHA'] }),
      'ignoring duplicate cipher suites: [AES128-SHA]',
    ),
    accepted(
      'an old version',
      tls({ ...secret, minProtocolVersion: 'TLSV1_1' }),
      'TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
    ),
    accepted(
      'a modern one',
      tls({ ...secret, minProtocolVersion: 'TLSV1_3', cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] }),
    ),
  ),
]
