import type { Connection } from './connection.ts'

/** Replaces a cluster's credentials in any text that may reach a person or a log. */
export type Redact = (text: string) => string

/** Servers and proxies do echo what they were sent; so the cluster's own secrets are cut from all they say. */
export function redactorOf(connection: Connection): Redact {
  const secrets = secretsOf(connection).filter((each) => each.length >= 4)
  return (text) => secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
}

function secretsOf({ token, clientCertificate, proxyUrl }: Connection): string[] {
  const key = clientCertificate?.key
  return [
    ...(token === undefined ? [] : [token]),
    ...(key === undefined
      ? []
      : [key, key.replaceAll('\n', '\\n'), ...key.split('\n').filter((line) => line.length > 40)]),
    ...proxySecrets(proxyUrl),
  ]
}

function proxySecrets(proxyUrl: string | undefined): string[] {
  if (proxyUrl === undefined || !URL.canParse(proxyUrl)) return []
  const { password, username } = new URL(proxyUrl)
  if (password === '') return []
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  return [password, decodeURIComponent(password), basic]
}
