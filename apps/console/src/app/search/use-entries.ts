import type { IconName } from '@orbweaver/ui/icon'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { api } from '../../api/api.ts'
import { paths } from '../../paths.ts'
import { changeLanguage } from '../../text/i18n.ts'
import { useLanguage } from '../../text/use-language.ts'
import { useScheme, useTheme } from '../frame/appearance.ts'
import { existing, fleetItems, leadsSomewhere, meshItems, meshOf } from '../frame/navigation.ts'
import { useText } from '../text.ts'

export type Entry = {
  key: string
  group: 'pages' | 'actions' | 'meshes' | 'clusters' | 'rules'
  label: string
  note?: string | undefined
  icon: IconName
  to?: string
  act?: () => void
}

/** Everything the words fit, in the order of its group. Twelve of each kind are enough to choose from. */
export function useEntries(text: string, onHelp: () => void): Entry[] {
  const pages = usePages()
  const actions = useActions(onHelp)
  const search = useDeferredValue(text.trim())
  const found = useFound(search)
  const rules = useRules(search)
  const fits = fitting(text)
  return [...pages.filter(fits), ...actions.filter(fits), ...found, ...rules]
}

/** Every word typed occurs in the entry, in any order and case. */
export function fitting(text: string): (entry: Pick<Entry, 'label' | 'note'>) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (entry) => {
    const hay = `${entry.label} ${entry.note ?? ''}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  }
}

function usePages(): Entry[] {
  const t = useText()
  const router = useRouter()
  const mesh = useRouterState({ select: (state) => meshOf(state.location.pathname) })
  const inside = mesh === undefined ? [] : meshItems(mesh)
  return [
    ...existing(router, inside).map((item) => ({ ...item, note: mesh })),
    ...existing(router, fleetItems).map((item) => ({ ...item, note: undefined })),
  ].map((item) => ({
    key: item.to,
    group: 'pages',
    label: t(`nav.${item.word}`),
    note: item.note,
    icon: item.icon,
    to: item.to,
  }))
}

function useActions(onHelp: () => void): Entry[] {
  const t = useText()
  const router = useRouter()
  const language = useLanguage()
  const scheme = useScheme()
  const [, setTheme] = useTheme()
  const other = scheme === 'dark' ? 'light' : 'dark'
  const makers: Entry[] = [
    { key: 'create-mesh', group: 'actions', label: t('find.createMesh'), icon: 'plus', to: paths.meshCreate() },
    { key: 'register', group: 'actions', label: t('find.registerCluster'), icon: 'plus', to: paths.clusterRegister() },
  ]
  return [
    ...makers.filter((entry) => leadsSomewhere(router, entry.to ?? '')),
    {
      key: 'language',
      group: 'actions',
      label: t('find.changeLanguage'),
      icon: 'language',
      act: () => void changeLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    {
      key: 'theme',
      group: 'actions',
      label: other === 'light' ? t('find.useLight') : t('find.useDark'),
      icon: other === 'light' ? 'sun' : 'moon',
      act: () => setTheme(other),
    },
    { key: 'keys', group: 'actions', label: t('find.showKeys'), icon: 'help', act: onHelp },
  ]
}

function useFound(search: string): Entry[] {
  const router = useRouter()
  const asked = { input: { search, size: 12 }, enabled: search !== '', placeholderData: keepPreviousData }
  const meshes = useQuery(api.meshes.list.queryOptions(asked))
  const clusters = useQuery(api.clusters.list.queryOptions(asked))
  if (search === '') return []
  const found: Entry[] = [
    ...(meshes.data?.items ?? []).map((mesh): Entry & { to: string } => ({
      key: `mesh/${mesh.name}`,
      group: 'meshes',
      label: mesh.name,
      note: mesh.displayName,
      icon: 'mesh',
      to: paths.mesh(mesh.name),
    })),
    ...(clusters.data?.items ?? []).map((cluster): Entry & { to: string } => ({
      key: `cluster/${cluster.name}`,
      group: 'clusters',
      label: cluster.name,
      note: cluster.spec.displayName,
      icon: 'cluster',
      to: paths.cluster(cluster.name),
    })),
  ]
  return found.filter((entry) => leadsSomewhere(router, entry.to ?? ''))
}

/** Rules live in meshes: those of the mesh one is in, elsewhere those of the first few. One letter would find them all. */
function useRules(search: string): Entry[] {
  const here = useRouterState({ select: (state) => meshOf(state.location.pathname) })
  const enabled = search.length > 1
  const all = useQuery(api.meshes.list.queryOptions({ input: { size: 8 }, enabled: enabled && here === undefined }))
  const meshes = here === undefined ? (all.data?.items ?? []).map((each) => each.name) : [here]
  const lists = useQueries({
    queries: meshes.map((mesh) =>
      api.objects.list.queryOptions({ input: { mesh, search, size: 8 }, enabled, placeholderData: keepPreviousData }),
    ),
  })
  if (!enabled) return []
  return lists.flatMap((list, index) => {
    const mesh = meshes[index] ?? ''
    return (list.data?.items ?? []).map(({ ref }): Entry => {
      const to = paths.object(mesh, ref)
      const note = [ref.kind, ref.namespace, mesh].filter((each) => each !== undefined).join(' · ')
      return { key: to, group: 'rules', label: ref.name, note, icon: 'objects', to }
    })
  })
}
