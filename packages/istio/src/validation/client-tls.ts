import { flagAt, type Json, textAt } from '@orbweaver/contracts/json'
import { quoted } from './names.ts'
import type { Report } from './report.ts'
import { hasAny, textOf } from './shared-fields.ts'

const FILES = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl']

/** ValidateTLS of pkg/config/validation/agent/validation.go. */
export function checkClientTls(tls: Json | undefined, namespace: string, report: Report): void {
  const mode = textAt(tls, 'mode') ?? 'DISABLE'
  const filled = (field: string): boolean => textOf(tls, field) !== ''
  report.at('credentialName').error(configMapProblem(textOf(tls, 'credentialName'), namespace))
  if (flagAt(tls, 'insecureSkipVerify') === true) report.at('insecureSkipVerify').error(skipProblem(tls, mode))
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return
  if (filled('credentialName')) {
    if (FILES.some(filled)) {
      report
        .at('credentialName')
        .error('cannot specify client certificates or CA certificate or CA CRL If credentialName is set')
    }
    return
  }
  if (mode === 'SIMPLE') return
  if (!filled('clientCertificate')) report.error('client certificate required for mutual tls')
  if (!filled('privateKey')) report.error('private key required for mutual tls')
}

function skipProblem(tls: Json | undefined, mode: string): string | undefined {
  const authority = textOf(tls, 'caCertificates') !== '' || hasAny(tls, 'subjectAltNames')
  if (mode === 'SIMPLE' && (authority || textOf(tls, 'credentialName') !== '')) {
    return 'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true'
  }
  return mode === 'MUTUAL' && authority
    ? 'cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true'
    : undefined
}

const CONFIG_MAP = 'configmap://'

/** ParseResourceName of pilot/pkg/model/credentials/resource.go. */
function configMapProblem(credential: string, own: string): string | undefined {
  if (!credential.startsWith(CONFIG_MAP)) return undefined
  const [namespace = '', name] = credential.slice(CONFIG_MAP.length).split('/')
  const invalid = `invalid configmap:// credentialName: `
  const missing = name === undefined ? 'namespace and name' : namespace === '' ? 'namespace' : 'name'
  if (name === undefined || namespace === '' || name === '') {
    return `${invalid}invalid resource name ${quoted(credential)}. Expected ${missing}`
  }
  return namespace === own ? undefined : `${invalid}namespace must match the configuration namespace ${quoted(own)}`
}
