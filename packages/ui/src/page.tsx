import { Button } from 'antd'
import { type MouseEvent, type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'
import { MenuButton, type MenuEntry } from './menu-button.tsx'
import './page.css'

export type PageTab = {
  key: string
  label: string
  /** A count beside the label. */
  count?: number | undefined
  href: string
  onSelect: () => void
}

export type PrimaryAction = { label: string; onSelect: () => void; disabled?: string | undefined; danger?: boolean }

/** A page: its object's name, one line of facts, one primary action with the rest in a menu, tabs, then content. */
export function Page(props: {
  title: ReactNode
  /** The object's name as a picture of its state, left of the title. */
  state?: ReactNode
  facts?: ReactNode[]
  primary?: PrimaryAction | undefined
  menu?: MenuEntry[]
  tabs?: PageTab[]
  tab?: string
  notice?: ReactNode
  /** `form` keeps lines short (720 px); lists use the whole width. */
  width?: 'full' | 'form'
  children: ReactNode
}) {
  return (
    <div className="ow-page" data-width={props.width ?? 'full'}>
      <header className="ow-page-head">
        <div className="ow-page-name">
          <div className="ow-row">
            <h1 tabIndex={-1}>{props.title}</h1>
            {props.state}
          </div>
          <FactsLine facts={props.facts ?? []} />
        </div>
        <PageActions primary={props.primary} menu={props.menu ?? []} />
      </header>
      {props.tabs !== undefined && <PageTabs tabs={props.tabs} current={props.tab} />}
      {props.notice}
      <div className="ow-page-body">{props.children}</div>
    </div>
  )
}

function FactsLine(props: { facts: ReactNode[] }) {
  const shown = props.facts.filter((fact) => fact !== undefined && fact !== null && fact !== false && fact !== '')
  if (shown.length === 0) return null
  return (
    <p className="ow-page-facts">
      {shown.map((fact, index) => (
        <span key={index}>{fact}</span>
      ))}
    </p>
  )
}

function PageActions(props: { primary: PrimaryAction | undefined; menu: MenuEntry[] }) {
  const t = useWords()
  const { primary, menu } = props
  return (
    <div className="ow-page-actions">
      {primary !== undefined && <PrimaryButton action={primary} />}
      {menu.length > 0 && (
        <MenuButton label={t('moreActions')} trigger={<Icon name="more" />} className="ow-more" entries={menu} />
      )}
    </div>
  )
}

/** The one emphasised button of a place. */
export function PrimaryButton(props: { action: PrimaryAction; loading?: boolean }) {
  return <HeldButton type="primary" {...props} />
}

/** Beside the emphasised one, as large. */
export function SecondaryButton(props: { action: PrimaryAction }) {
  return <HeldButton type="default" {...props} />
}

/** An action in its row or line, beside others of its kind. */
export function SmallButton(props: { action: PrimaryAction }) {
  return <HeldButton type="default" size="small" {...props} />
}

/** When it cannot be pressed it says why, and stays reachable by keyboard. */
function HeldButton(props: { type: 'primary' | 'default'; size?: 'small'; action: PrimaryAction; loading?: boolean }) {
  const { action } = props
  const held = action.disabled !== undefined
  const why = useId()
  return (
    <span className="ow-holds">
      <Button
        type={props.type}
        {...(props.size !== undefined && { size: props.size })}
        danger={action.danger === true}
        loading={props.loading === true}
        aria-disabled={held}
        className={held ? 'ow-held' : ''}
        aria-describedby={held ? why : undefined}
        onClick={() => {
          if (!held) action.onSelect()
        }}
      >
        {action.label}
      </Button>
      {held && (
        <span id={why} className="ow-held-why">
          {action.disabled}
        </span>
      )}
    </span>
  )
}

/** The emphasised button of a form: Enter in any of its fields presses it. */
export function SubmitButton(props: { label: string }) {
  return (
    <Button type="primary" htmlType="submit">
      {props.label}
    </Button>
  )
}

function PageTabs(props: { tabs: PageTab[]; current: string | undefined }) {
  return (
    <nav className="ow-tabs">
      {props.tabs.map((tab) => (
        <a
          key={tab.key}
          href={tab.href}
          aria-current={tab.key === props.current ? 'page' : undefined}
          onClick={(event) => follow(event, tab.onSelect)}
        >
          {tab.label}
          {tab.count !== undefined && <span className="ow-tab-count ow-number">{tab.count}</span>}
        </a>
      ))}
    </nav>
  )
}

/** A link stays a link: with a modifier key the browser opens it as it likes. */
function follow(event: MouseEvent, onSelect: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
  event.preventDefault()
  onSelect()
}

/** A titled part of a page. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="ow-section" aria-label={props.title}>
      <div className="ow-section-head">
        <h2>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}

/** Two columns from 1,200 px of page width on, one below. */
export function Columns(props: {
  main: ReactNode
  side: ReactNode
  /** Of what the side is; needed where a page has two. */
  label?: string
}) {
  return (
    <div className="ow-columns">
      <div>{props.main}</div>
      <aside aria-label={props.label}>{props.side}</aside>
    </div>
  )
}
