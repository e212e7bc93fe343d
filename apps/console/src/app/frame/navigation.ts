import type { IconName } from '@orbweaver/ui/icon'
import type { AnyRouter } from '@tanstack/react-router'
import { listedAt, paths } from '../../paths.ts'

type NavWord =
  | 'start'
  | 'meshes'
  | 'clusters'
  | 'members'
  | 'networks'
  | 'certificates'
  | 'history'
  | 'overview'
  | 'sidecars'
  | 'traffic'
  | 'security'
  | 'tlsSecrets'
  | 'objects'
  | 'findings'
  | 'explain'
  | 'metrics'
  | 'settings'
export type NavItem = { word: NavWord; icon: IconName; to: string; key?: string }

/** The rail's groups. `key` is what follows `g` on the keyboard. */
export const fleetItems: NavItem[] = [
  { word: 'start', icon: 'start', to: paths.start(), key: 's' },
  { word: 'meshes', icon: 'mesh', to: paths.meshes(), key: 'm' },
  { word: 'clusters', icon: 'cluster', to: paths.clusters(), key: 'c' },
  { word: 'history', icon: 'history', to: paths.history(), key: 'h' },
]

export function meshItems(mesh: string): NavItem[] {
  return [
    { word: 'overview', icon: 'overview', to: paths.mesh(mesh) },
    { word: 'findings', icon: 'alert', to: paths.findings(mesh) },
    { word: 'sidecars', icon: 'sidecar', to: paths.sidecars(mesh) },
    { word: 'traffic', icon: 'traffic', to: paths.traffic(mesh) },
    { word: 'security', icon: 'security', to: paths.security(mesh) },
    { word: 'explain', icon: 'help', to: paths.explainRequest(mesh) },
    { word: 'tlsSecrets', icon: 'key', to: paths.tlsSecrets(mesh) },
    { word: 'objects', icon: 'objects', to: paths.objects(mesh) },
    { word: 'members', icon: 'cluster', to: paths.meshClusters(mesh) },
    { word: 'networks', icon: 'network', to: paths.meshNetworks(mesh) },
    { word: 'certificates', icon: 'certificate', to: paths.meshCertificates(mesh) },
    { word: 'metrics', icon: 'chart', to: paths.metrics(mesh) },
    { word: 'history', icon: 'history', to: paths.meshHistory(mesh) },
    { word: 'settings', icon: 'settings', to: paths.meshSettings(mesh) },
  ]
}

/** Only what exists is a link: a word whose slice is not there yet has no route. */
export function existing(router: AnyRouter, items: NavItem[]): NavItem[] {
  return items.filter((item) => leadsSomewhere(router, item.to))
}

export function leadsSomewhere(router: AnyRouter, to: string): boolean {
  const [pathname = to] = to.split('?', 1)
  const [, , found] = router.getMatchedRoutes(pathname)
  return found !== undefined && !String(found.fullPath).endsWith('$')
}

/** The item whose page, or a page below it, is shown: the one with the longest address that fits. */
export function currentItem(items: NavItem[], pathname: string): NavItem | undefined {
  const place = listedAt(pathname)
  return items
    .filter((item) => place === item.to || (item.to !== '/' && place.startsWith(`${item.to}/`)))
    .toSorted((a, b) => b.to.length - a.to.length)[0]
}

/** The mesh an address is inside of. */
export function meshOf(pathname: string): string | undefined {
  const found = /^\/meshes\/([^/]+)/.exec(pathname)?.[1]
  return found === undefined ? undefined : decodeURIComponent(found)
}
