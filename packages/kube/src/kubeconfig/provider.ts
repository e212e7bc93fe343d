import { listAt, textAt } from '@orbweaver/contracts/json'
import type { Provider } from './refusal.ts'

const commands: Record<string, Provider> = {
  aws: 'eks',
  'aws-iam-authenticator': 'eks',
  'gke-gcloud-auth-plugin': 'gke',
  gcloud: 'gke',
}

/** The command's base name, and whose it is. Its arguments and environment may be secret and are not told. */
export function guessByCommand(exec: unknown, server: string): { command: string; provider: Provider } {
  const path = textAt(exec, 'command') ?? ''
  const command = (path.split(/[/\\]/).at(-1) ?? '').replace(/\.exe$/i, '').slice(0, 100)
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined
  return { command, provider: known ?? azureOf(command, exec) ?? guessByServer(server) }
}

/** The names of the plugins that were part of client-go until 1.26. */
export function guessByPlugin(name: string, server: string): Provider {
  if (name === 'gcp') return 'gke'
  return name === 'azure' ? 'aks' : guessByServer(server)
}

/** Two tools are named kubelogin: Azure's takes a server id, the one for OpenID Connect an issuer. */
function azureOf(command: string, exec: unknown): Provider | undefined {
  return command === 'kubelogin' && listAt(exec, 'args').includes('--server-id') ? 'aks' : undefined
}

function guessByServer(server: string): Provider {
  const { hostname } = new URL(server)
  if (/\.eks\.amazonaws\.com(\.cn)?$/.test(hostname)) return 'eks'
  if (hostname.endsWith('.gke.goog')) return 'gke'
  return /\.azmk8s\.(io|us)$|\.cx\.prod\.service\.azk8s\.cn$/.test(hostname) ? 'aks' : 'other'
}
