import { Icon } from '@orbweaver/ui/icon'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { MeshPicker } from '../../pickers/mesh-picker.tsx'
import { paths } from '../../paths.ts'
import { AppLink } from '../link.tsx'
import { useGo } from '../location.ts'
import { useText } from '../text.ts'
import { useRail } from './appearance.ts'
import { currentItem, existing, fleetItems, leadsSomewhere, meshItems, meshOf, type NavItem } from './navigation.ts'
import './rail.css'

export function Rail() {
  const t = useText()
  const [narrow, setNarrow] = useRail()
  const router = useRouter()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const mesh = meshOf(pathname)
  const fleet = existing(router, fleetItems)
  const inside = mesh === undefined ? [] : existing(router, meshItems(mesh))
  const current = currentItem([...fleet, ...inside], pathname)
  const toggle = narrow ? t('nav.expand') : t('nav.collapse')
  return (
    <nav className="ow-rail" data-narrow={narrow} aria-label={t('nav.label')}>
      <AppLink to={paths.start()} className="ow-brand" label={t('product')}>
        <Mark />
        {!narrow && <span>{t('product')}</span>}
      </AppLink>
      <NavList items={fleet} current={current} narrow={narrow} />
      {mesh !== undefined && <MeshGroup mesh={mesh} items={inside} current={current} narrow={narrow} />}
      <span className="ow-spring" />
      <button
        type="button"
        className="ow-icon-button ow-rail-toggle"
        aria-label={toggle}
        title={toggle}
        aria-expanded={!narrow}
        onClick={() => setNarrow(!narrow)}
      >
        <Icon name="rail" />
      </button>
    </nav>
  )
}

/** A mesh's own pages, with the way to the same page of another mesh on top. */
function MeshGroup(props: { mesh: string; items: NavItem[]; current: NavItem | undefined; narrow: boolean }) {
  const { mesh, items, current } = props
  const go = useGo()
  const router = useRouter()
  const choose = (next: string) => {
    const same = meshItems(next).find((item) => item.word === current?.word)
    go(same !== undefined && leadsSomewhere(router, same.to) ? same.to : paths.mesh(next))
  }
  return (
    <>
      <MeshPicker value={mesh} onChange={choose} compact={props.narrow} />
      <NavList items={items} current={current} narrow={props.narrow} />
    </>
  )
}

function NavList(props: { items: NavItem[]; current: NavItem | undefined; narrow: boolean }) {
  const t = useText()
  return (
    <ul>
      {props.items.map((item) => (
        <li key={item.to}>
          <AppLink
            to={item.to}
            current={item.to === props.current?.to}
            {...(props.narrow ? { label: t(`nav.${item.word}`), title: t(`nav.${item.word}`) } : {})}
          >
            <Icon name={item.icon} />
            {!props.narrow && <span>{t(`nav.${item.word}`)}</span>}
          </AppLink>
        </li>
      ))}
    </ul>
  )
}

/** The product's mark: an orb web, four spokes and two rounds. */
function Mark() {
  return (
    <svg className="ow-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeLinecap="round" strokeLinejoin="round">
        <path strokeWidth="1.2" d="M12 2v20M2 12h20M4.9 4.9l14.2 14.2M19.1 4.9 4.9 19.1" />
        <path strokeWidth="1.6" d="m12 4.5 5.3 2.2L19.5 12l-2.2 5.3L12 19.5l-5.3-2.2L4.5 12l2.2-5.3z" />
        <path strokeWidth="1.4" d="m12 8.3 2.6 1.1 1.1 2.6-1.1 2.6-2.6 1.1-2.6-1.1L8.3 12l1.1-2.6z" />
      </g>
    </svg>
  )
}
