// React with @hello-pangea/dnd: every card is in the page.
import { Draggable, Droppable } from "@hello-pangea/dnd";
import { memo } from "react";
import { headHtml } from "./shared.js";
import { Slot, start } from "./state.jsx";

/** Drawn again only when the cards are others: what its authors advise. */
const Cards = memo(({ cards }) =>
  cards.map((card, index) => (
    <Draggable key={card.id} draggableId={card.id} index={index}>
      {(provided, { isDragging }) => <Slot card={card} provided={provided} held={isDragging} />}
    </Draggable>
  )),
);

const Column = memo(({ stage, cards }) => (
  <section className="board__column" data-stage={stage.id}>
    <div dangerouslySetInnerHTML={{ __html: headHtml(stage, cards.length) }} />
    <Droppable droppableId={stage.id}>
      {(provided) => (
        <ol className="board__list" ref={provided.innerRef} {...provided.droppableProps}>
          <Cards cards={cards} />
          {provided.placeholder}
        </ol>
      )}
    </Droppable>
  </section>
));

await start(Column);
